package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.error.LlmException;
import io.aicore.retry.RetryOnFailure;
import io.aicore.retry.RetrySettings;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** The parents of observations, and the code inside an attempt. */
class ObservationParentTest extends ObservedCalls {

    @Test
    void theParentIsTheObservationInTheCallersContext() {
        ScriptedCalls provider = provider().answers();
        Observation inContext = Observation.start("in the Context", registry);
        Observation current = Observation.start("current", registry);

        current.scoped(() -> drain(provider.complete(ScriptedCalls.PROMPT)
                .contextWrite(Context.of(ObservationThreadLocalAccessor.KEY, inContext))));

        assertThat(recorded.call().getParentObservation()).isSameAs(inContext);
    }

    @Test
    void withoutOneItIsTheCurrentObservationOfTheSubscribingThread() {
        ScriptedCalls provider = provider().answers();
        Mono<?> call = provider.complete(ScriptedCalls.PROMPT);
        Observation current = Observation.start("current", registry);

        current.scoped(() -> drain(call));

        assertThat(recorded.call().getParentObservation()).isSameAs(current);
    }

    @Test
    void codeInsideAnAttemptFindsTheAttemptsObservation() {
        ScriptedCalls provider = provider().fails(ScriptedCalls.overloaded()).answers();

        complete(provider);

        assertThat(provider.contexts)
                .extracting(context -> context.<Observation>get(ObservationThreadLocalAccessor.KEY)
                        .getContextView())
                .containsExactlyElementsOf(recorded.attempts());
    }

    @Test
    void insideAnotherCallsRetryItHasNoAttemptsOfItsOwn() {
        ScriptedCalls provider = provider().fails(ScriptedCalls.overloaded()).answers();

        drain(RetryOnFailure.of(RetrySettings.defaults())
                .retryOn(LlmException.class)
                .scheduler(time)
                .protect(provider.complete(ScriptedCalls.PROMPT)));

        assertThat(recorded.stopped).hasSize(2).allMatch(LlmCallContext.class::isInstance);
        assertThat(provider.contexts)
                .extracting(context -> context.<Observation>get(ObservationThreadLocalAccessor.KEY)
                        .getContextView())
                .isEqualTo(recorded.stopped);
        recorded.nothingIsOpen();
    }
}
