package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.RateLimitedException;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.ResponseHead;
import io.aicore.retry.RetrySettings;
import io.aicore.testkit.CallEvents;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What the observations of a call and its attempts contain. */
class ObservationContentTest extends ObservedCalls {

    @Test
    void aCallIsOneObservationWithOneChildPerAttempt() {
        ScriptedCalls provider =
                provider().fails(ScriptedCalls.rateLimited(null)).answers();

        complete(provider);

        assertThat(recorded.stopped).hasSize(3);
        assertThat(recorded.attempts())
                .hasSize(2)
                .allSatisfy(attempt -> assertThat(attempt.getParentObservation().getContextView())
                        .isSameAs(recorded.call()));
        assertThat(recorded.call().getContextualName()).isEqualTo("chat model-1");
        assertThat(recorded.call().getName()).isEqualTo("gen_ai.client.operation");
        recorded.nothingIsOpen();
    }

    @Test
    void aCallIsToldByTheNamesOfOpenTelemetry() {
        ScriptedCalls provider = provider().answers();

        drain(provider.stream(ScriptedCalls.PROMPT));

        assertThat(Recorded.tags(recorded.call()))
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "mistral_ai")
                .containsEntry("gen_ai.request.model", "model-1")
                .containsEntry("gen_ai.request.stream", "true")
                .containsEntry("gen_ai.response.model", "model-1-dated")
                .containsEntry("gen_ai.response.id", "answer-1")
                .containsEntry("gen_ai.response.finish_reasons", "stop")
                .containsEntry("gen_ai.response.time_to_first_chunk", "0")
                .containsEntry("gen_ai.usage.input_tokens", "7")
                .containsEntry("gen_ai.usage.output_tokens", "100")
                .containsEntry("gen_ai.usage.cache_read.input_tokens", "3")
                .containsEntry("gen_ai.usage.cache_creation.input_tokens", "2")
                .containsEntry("gen_ai.usage.reasoning.output_tokens", "40")
                .containsEntry("server.address", "llm.example")
                .containsEntry("server.port", "8443")
                .containsEntry("aicore.outcome", "success")
                .containsEntry("aicore.attempts", "1")
                .doesNotContainKeys("error.type", "aicore.give_up.reason");
    }

    @Test
    void anAttemptTellsItsNumberAndWhyItFailed() {
        ScriptedCalls provider =
                provider().fails(ScriptedCalls.rateLimited(null)).answers();

        complete(provider);

        assertThat(Recorded.tags(recorded.attempts().get(0)))
                .containsEntry("aicore.attempt.number", "1")
                .containsEntry("error.type", "rate_limited")
                .containsEntry("http.response.status_code", "429")
                .containsEntry("aicore.request.id", "req-429")
                .containsEntry("aicore.outcome", "error")
                .doesNotContainKeys("http.request.resend_count", "gen_ai.operation.name");
        assertThat(Recorded.tags(recorded.attempts().get(1)))
                .containsEntry("http.request.resend_count", "1")
                .containsEntry("aicore.waited", "1")
                .containsEntry("aicore.outcome", "success")
                .containsEntry("aicore.call.id", Recorded.tags(recorded.call()).get("aicore.call.id"))
                .doesNotContainKey("error.type");
    }

    @Test
    void aRetryIsAnEventWithItsDelayAndCause() {
        ScriptedCalls provider = provider()
                .fails(ScriptedCalls.failure(ErrorCategory.OVERLOADED, 503, true, Duration.ofMillis(400)))
                .fails(ScriptedCalls.overloaded())
                .answers();

        complete(provider);

        assertThat(recorded.events)
                .containsExactly(
                        new LlmCallEvent(
                                "aicore.retry",
                                Map.of(
                                        "aicore.delay",
                                        1.0,
                                        "aicore.attempt.number",
                                        1L,
                                        "error.type",
                                        "overloaded",
                                        "aicore.cause",
                                        "own backoff 1 s; server asked for 0.4 s")),
                        new LlmCallEvent(
                                "aicore.retry",
                                Map.of(
                                        "aicore.delay",
                                        2.0,
                                        "aicore.attempt.number",
                                        2L,
                                        "error.type",
                                        "overloaded",
                                        "aicore.cause",
                                        "backoff before retry 2")))
                .allSatisfy(event -> assertThat(event.getContextualName()).isEqualTo("aicore.retry"));
    }

    @Test
    void aCallThatGivesUpTellsWhy() {
        ScriptedCalls provider = provider(
                        config -> config.retrySettings(RetrySettings.defaults().maxRetries(0)))
                .fails(ScriptedCalls.rateLimited(null));

        fail(provider);

        assertThat(Recorded.tags(recorded.call()))
                .containsEntry("error.type", "rate_limited")
                .containsEntry("aicore.outcome", "error")
                .containsEntry("aicore.give_up.reason", "retries_exhausted");
        assertThat(recorded.call().getError()).isInstanceOf(RateLimitedException.class);
    }

    @Test
    void nothingThatWasAskedOrAnsweredIsTold() {
        ScriptedCalls provider = provider()
                .fails(ScriptedCalls.rateLimited(null))
                .then(ScriptedCalls.answer().concatWith(Flux.error(new IllegalStateException(ScriptedCalls.PROMPT))));

        drain(provider.stream(ScriptedCalls.PROMPT).onErrorComplete());

        assertThat(recorded.stopped).hasSize(3);
        for (Observation.Context context : recorded.stopped) {
            assertThat(context.toString() + context.getContextualName() + recorded.events + trace(context.getError()))
                    .doesNotContain(ScriptedCalls.PROMPT, ScriptedCalls.ANSWER, "secret");
        }
        assertThat(Recorded.tags(recorded.call())).containsEntry("error.type", "client_error");
    }

    @Test
    void theAttemptThatWasAnsweredTellsItsStatusAndRequest() {
        CallObservation call = begun();
        ResponseHead response = new ResponseHead(200, "req-1");

        call.onEvent(CallEvents.started(1));
        call.onEvent(CallEvents.succeeded(1));
        call.ended(CallEvents.end(CallOutcome.SUCCESS, Duration.ZERO, null, response));

        assertThat(Recorded.tags(recorded.attempts().get(0)))
                .containsEntry("http.response.status_code", "200")
                .containsEntry("aicore.request.id", "req-1")
                .containsEntry("aicore.outcome", "success");
        recorded.nothingIsOpen();
    }

    @Test
    void aConventionOfOnesOwnReplacesNamesAndTags() {
        LlmObservations observations = LlmObservations.of(registry)
                .callConvention(new Tenant())
                .attemptConvention(new DefaultLlmAttemptConvention() {
                    @Override
                    public String getName() {
                        return "try";
                    }
                });
        ScriptedCalls provider = ScriptedCalls.onVirtualTime(time, config -> config.observer(observations))
                .answers();

        complete(provider);

        assertThat(recorded.call().getName()).isEqualTo("llm");
        assertThat(Recorded.tags(recorded.call())).containsEntry("tenant", "blue");
        assertThat(recorded.attempts().get(0).getName()).isEqualTo("try");
    }

    @Test
    void aConventionOfTheRegistryDoesSoForAll() {
        registry.observationConfig().observationConvention(new Tenant());

        complete(provider().answers());

        assertThat(recorded.call().getName()).isEqualTo("llm");
    }

    @Test
    void allNamesAreDocumented() {
        ScriptedCalls provider = provider(config -> config.temperature(0.5).maxTokens(10))
                .fails(ScriptedCalls.failure(ErrorCategory.OVERLOADED, 503, true, null))
                .answers();

        drain(provider.stream(ScriptedCalls.PROMPT));

        assertThat(recorded.call().getLowCardinalityKeyValues())
                .extracting(KeyValue::getKey)
                .containsExactlyInAnyOrderElementsOf(
                        names(LlmObservationDocumentation.CALL.getLowCardinalityKeyNames()));
        assertThat(names(LlmObservationDocumentation.CALL.getHighCardinalityKeyNames()))
                .containsAll(recorded.call().getHighCardinalityKeyValues().stream()
                        .map(KeyValue::getKey)
                        .toList());
        assertThat(names(LlmObservationDocumentation.ATTEMPT.getHighCardinalityKeyNames()))
                .containsAll(recorded.attempts().get(0).getHighCardinalityKeyValues().stream()
                        .map(KeyValue::getKey)
                        .toList());
    }

    private static List<String> names(io.micrometer.common.docs.KeyName... keys) {
        return List.of(keys).stream()
                .map(io.micrometer.common.docs.KeyName::asString)
                .toList();
    }

    private static String trace(Throwable error) {
        if (error == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** A convention that says who pays. */
    private static final class Tenant extends DefaultLlmCallConvention {

        @Override
        public String getName() {
            return "llm";
        }

        @Override
        public KeyValues getLowCardinalityKeyValues(LlmCallContext call) {
            return super.getLowCardinalityKeyValues(call).and("tenant", "blue");
        }
    }
}
