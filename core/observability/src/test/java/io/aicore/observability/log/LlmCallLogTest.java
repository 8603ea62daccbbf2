package io.aicore.observability.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.error.LlmException;
import io.aicore.observability.SocketCodec;
import io.aicore.observability.metrics.ScriptedCalls;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class LlmCallLogTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final RecordingLogger logger = new RecordingLogger();
    private final LlmCallLog log = new LlmCallLog(logger, () -> time);

    @Test
    void eachRetryIsAWarning() {
        ScriptedCalls provider = provider(config -> config)
                .fails(ScriptedCalls.rateLimited(Duration.ofMillis(1_500)))
                .fails(ScriptedCalls.overloaded())
                .answers();

        complete(provider);

        assertThat(logger.messages(Level.WARN)).hasSize(2);
        assertThat(logger.messages(Level.WARN).get(0))
                .startsWith("mistral model-1: attempt 1 of 4 failed: rate_limited (429); next in 1.")
                .endsWith(" s: server asked for 1.5 s; own backoff 1 s");
        assertThat(logger.messages(Level.WARN).get(1))
                .isEqualTo(
                        "mistral model-1: attempt 2 of 4 failed: overloaded (503); next in 2 s: backoff before retry 2");
        assertThat(logger.messages(Level.ERROR)).isEmpty();
    }

    @Test
    void aCallThatGaveUpIsAnError() {
        ScriptedCalls provider = provider(config -> config.retrySettings(RetrySettings.defaults()
                        .jitter(io.aicore.retry.Jitter.none())
                        .maxRetries(1)))
                .fails(ScriptedCalls.overloaded())
                .fails(ScriptedCalls.rateLimited(null));

        fail(provider);

        assertThat(logger.messages(Level.ERROR))
                .containsExactly("mistral model-1: gave up after 2 attempts in 1 s, 1 s of them waiting:"
                        + " rate_limited (429), retries_exhausted");
    }

    @Test
    void aLineHasItsFactsAsKeyValuePairs() {
        ScriptedCalls provider = provider(config -> config.retrySettings(RetrySettings.defaults()
                        .jitter(io.aicore.retry.Jitter.none())
                        .maxRetries(1)))
                .fails(ScriptedCalls.overloaded())
                .fails(ScriptedCalls.rateLimited(null));

        fail(provider);

        Object callId = logger.lines.get(0).pairs().get("callId");
        assertThat(callId).asString().hasSize(16);
        assertThat(logger.lines.get(0).pairs())
                .containsEntry("provider", "mistral")
                .containsEntry("model", "model-1")
                .containsEntry("category", "overloaded")
                .containsEntry("status", 503)
                .containsEntry("requestId", "req-503")
                .containsEntry("attempt", 1)
                .containsEntry("maxAttempts", 2)
                .containsEntry("delayMs", 1_000L)
                .doesNotContainKey("suppressed");
        assertThat(logger.lines.get(1).pairs())
                .containsEntry("callId", callId)
                .containsEntry("category", "rate_limited")
                .containsEntry("reason", "retries_exhausted")
                .containsEntry("attempt", 2);
    }

    @Test
    void aRequestThatIsSentAgainIsAnInfo() {
        StepVerifier.create(SocketCodec.resent(log).then()).expectComplete().verify(SocketCodec.PATIENCE);

        // The second call may wait for the only connection until the first one has left it.
        assertThat(logger.lines)
                .filteredOn(line -> !line.message().contains("waits for admission"))
                .hasSize(1);
        RecordingLogger.Line line = logger.lines.get(logger.lines.size() - 1);
        assertThat(line.level()).isEqualTo(Level.INFO);
        assertThat(line.message())
                .isEqualTo("spoken model-1: attempt 1 of 4 sent again on a new connection: the kept one was closed"
                        + " before an answer");
        assertThat(line.pairs())
                .containsOnlyKeys("callId", "provider", "model", "attempt", "maxAttempts")
                .containsEntry("attempt", 1)
                .containsEntry("maxAttempts", 4);
    }

    @Test
    void aWaitForAdmissionIsAnInfo() {
        ScriptedCalls provider = provider(
                        config -> config.retrySettings(RetrySettings.defaults().maxRetries(0)))
                .fails(ScriptedCalls.rateLimited(Duration.ofSeconds(2)))
                .answers();
        provider.complete(ScriptedCalls.PROMPT).subscribe(answer -> {}, error -> {});

        complete(provider);

        assertThat(logger.messages(Level.INFO))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("mistral model-1: attempt 1 of 1 waits at least 2.")
                        .endsWith(" s for admission: the gate of the rate limit is closed"));
        assertThat(logger.lines.get(logger.lines.size() - 1).pairs())
                .containsEntry("reason", "gate")
                .containsKey("delayMs");
    }

    @Test
    void aScopeGetsOneLineASecondAndTheNextTellsHowManyWereLeftOut() {
        ScriptedCalls provider = provider(config -> config);
        for (int call = 0; call < 4; call++) {
            provider.fails(ScriptedCalls.overloaded());
        }
        for (int call = 0; call < 3; call++) {
            provider.complete(ScriptedCalls.PROMPT).subscribe();
        }
        assertThat(logger.messages(Level.WARN)).hasSize(1);

        time.advanceTimeBy(Duration.ofMillis(999));
        assertThat(logger.messages(Level.WARN)).hasSize(1);
        provider.complete(ScriptedCalls.PROMPT).subscribe();
        assertThat(logger.messages(Level.WARN)).hasSize(1);
        provider.fails(ScriptedCalls.overloaded());
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(logger.messages(Level.WARN)).hasSize(2);
        assertThat(logger.messages(Level.WARN).get(1)).contains(" (3 more like this since the last line)");
        assertThat(logger.lines.get(logger.lines.size() - 1).pairs()).containsKey("callId");
    }

    @Test
    void nothingThatWasAskedAndNoForeignMessageIsLogged() {
        ScriptedCalls provider = provider(config -> config)
                .fails(ScriptedCalls.overloaded())
                .then(Flux.error(new IllegalStateException(ScriptedCalls.PROMPT)));

        fail(provider);

        assertThat(logger.messages(Level.ERROR)).hasSize(1);
        assertThat(logger.lines.toString()).doesNotContain(ScriptedCalls.PROMPT);
        assertThat(logger.messages(Level.ERROR).get(0)).contains("client_error, not_retryable");
    }

    @Test
    void aModelsNameCannotBeginALineOfItsOwn() {
        ScriptedCalls provider = provider(config -> config.model("model\nERROR forged"))
                .fails(ScriptedCalls.overloaded())
                .answers();

        complete(provider);

        assertThat(logger.messages(Level.WARN)).hasSize(1).allMatch(message -> !message.contains("\n"));
        assertThat(logger.lines.get(0).pairs()).containsEntry("model", "model?ERROR forged");
    }

    private ScriptedCalls provider(UnaryOperator<LlmConfigBuilder> settings) {
        return ScriptedCalls.onVirtualTime(
                time, config -> settings.apply(config).observer(log));
    }

    private void complete(ScriptedCalls provider) {
        StepVerifier.create(provider.complete(ScriptedCalls.PROMPT).then())
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .verifyComplete();
    }

    private void fail(ScriptedCalls provider) {
        StepVerifier.create(provider.complete(ScriptedCalls.PROMPT))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .verifyError(LlmException.class);
    }
}
