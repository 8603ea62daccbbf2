package io.aicore.examples.load;

import io.aicore.llm.LlmBaseProvider;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.observability.LlmOperationCollector;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A provider without a network, whose calls are recorded until the compiler is done with collector, driver and database. */
final class WarmUp extends LlmBaseProvider {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    // Half of the collector's buffer.
    private static final int AT_ONCE = 5_000;
    private static final Completion ANSWER = Completion.of("Said.");

    private WarmUp(LlmConfig config) {
        super("warm-up", config);
    }

    static void records(LlmOperationCollector collector, int calls) {
        WarmUp provider =
                new WarmUp(LlmConfig.builder().model("none").observer(collector).build());
        Flux.range(0, calls)
                .window(AT_ONCE)
                .concatMap(some ->
                        some.concatMap(number -> provider.complete("Say it.")).then(collector.flush()))
                .then()
                .block(PATIENCE);
    }

    @Override
    protected Mono<Completion> attempt(CompletionRequest request) {
        return Mono.just(ANSWER);
    }
}
