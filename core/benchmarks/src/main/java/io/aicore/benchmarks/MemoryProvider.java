package io.aicore.benchmarks;

import io.aicore.llm.LlmBaseProvider;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Usage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Its attempts answer at once. */
final class MemoryProvider extends LlmBaseProvider {

    static final int CHUNKS = 1_000;

    private static final Completion ANSWER = answer();
    private static final CompletionChunk CHUNK = CompletionChunk.text("Here ");

    MemoryProvider(LlmConfig config) {
        super("memory", config);
    }

    private static Completion answer() {
        Completion text = Completion.of("Here I am.");
        return new Completion(text.id(), "model-1", text.output(), text.finish(), Usage.of(12, 4), text.provenance());
    }

    @Override
    protected Mono<Completion> attempt(CompletionRequest request) {
        return Mono.just(ANSWER);
    }

    @Override
    protected Flux<CompletionChunk> attemptStream(CompletionRequest request) {
        return Flux.range(0, CHUNKS).map(number -> CHUNK);
    }
}
