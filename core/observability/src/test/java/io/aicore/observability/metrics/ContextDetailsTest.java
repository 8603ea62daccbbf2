package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The details of a span are made when a handler reads them, and are then those of that moment. */
class ContextDetailsTest extends ObservedCalls {

    private static final String OUTCOME = "aicore.outcome";
    private static final String NUMBER = "aicore.attempt.number";

    private void call() {
        complete(provider().answers());
    }

    @Test
    void aHandlerReadsWhatIsKnownAtTheStartAndAtTheEnd() {
        List<String> read = new ArrayList<>();
        registry.observationConfig().observationHandler(new ObservationHandler<LlmAttemptContext>() {
            @Override
            public void onStart(LlmAttemptContext attempt) {
                read.add(value(attempt, NUMBER) + " " + value(attempt, OUTCOME));
            }

            @Override
            public void onStop(LlmAttemptContext attempt) {
                read.add(value(attempt, NUMBER) + " " + value(attempt, OUTCOME));
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof LlmAttemptContext;
            }
        });

        call();

        assertThat(read).containsExactly("1 null", "1 success");
    }

    @Test
    void whatAFilterChangesStays() {
        registry.observationConfig()
                .observationFilter(context -> context.removeHighCardinalityKeyValue(OUTCOME)
                        .addHighCardinalityKeyValue(KeyValue.of("tenant", "blue"))
                        .removeLowCardinalityKeyValues("server.address", "server.port"));

        call();

        for (Observation.Context context :
                List.of(recorded.call(), recorded.attempts().get(0))) {
            assertThat(context.getHighCardinalityKeyValue(OUTCOME)).isNull();
            assertThat(context.getHighCardinalityKeyValues()).contains(KeyValue.of("tenant", "blue"));
            assertThat(Recorded.tags(context))
                    .containsKeys("aicore.call.id", "gen_ai.request.model")
                    .doesNotContainKeys("server.address", "server.port");
        }
    }

    @Test
    void theNextCallHasItsTagsWhateverAFilterRemovedFromOneBefore() {
        registry.observationConfig()
                .observationFilter(context -> context.addLowCardinalityKeyValue(
                        KeyValue.of("first", String.valueOf(recorded.stopped.isEmpty()))));

        call();
        call();

        assertThat(recorded.stopped)
                .filteredOn(LlmCallContext.class::isInstance)
                .extracting(context -> value(context.getLowCardinalityKeyValue("first")))
                .containsExactly("false", "false");
        assertThat(recorded.stopped.get(0).getLowCardinalityKeyValue("first")).isEqualTo(KeyValue.of("first", "true"));
        assertThat(recorded.stopped.get(0).getLowCardinalityKeyValues()).hasSize(5);
    }

    private static String value(Observation.Context context, String key) {
        return value(context.getHighCardinalityKeyValue(key));
    }

    private static String value(KeyValue keyValue) {
        return keyValue == null ? null : keyValue.getValue();
    }
}
