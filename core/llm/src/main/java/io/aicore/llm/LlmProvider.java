package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Completions of one provider. The publishers are cold: each subscription is one independent call, with its own retries;
 * what subscriptions share is the provider's circuit and its connections. Cancelling closes the exchange and sends
 * nothing more. Failures are {@link io.aicore.llm.error.LlmException}s. Safe for any number of threads.
 */
public interface LlmProvider extends Disposable, AutoCloseable {

    /** The provider's configured name, as {@code openai}. */
    String name();

    /** The answer as a whole. Retried as the retry settings say, until the answer is there. */
    Mono<Completion> complete(CompletionRequest request);

    /** The answer to a question in words, everything else as configured. */
    default Mono<Completion> complete(String prompt) {
        return complete(CompletionRequest.of(prompt));
    }

    /**
     * The answer piece by piece. Retried only until the first chunk with content; a later failure carries what had come.
     * The last chunk says how the answer came. Demand reaches the connection: who requests nothing reads nothing.
     */
    Flux<CompletionChunk> stream(CompletionRequest request);

    /** The answer to a question in words, piece by piece. */
    default Flux<CompletionChunk> stream(String prompt) {
        return stream(CompletionRequest.of(prompt));
    }

    /**
     * Vectors for texts, any number of them: sent in requests as large as the provider takes, at most 4 at a time, each
     * with retries of its own. The deadline bounds all together. A request the provider finds too large is halved. If one
     * fails for good, the call fails and the others are cancelled. A provider without embeddings fails with an
     * {@link io.aicore.llm.error.InvalidRequestException}.
     */
    default Mono<Embeddings> embed(EmbeddingRequest request) {
        return Mono.error(() -> Failures.notOffered(name(), "embeddings"));
    }

    /** Vectors for texts, everything else as configured. */
    default Mono<Embeddings> embed(String... inputs) {
        return embed(EmbeddingRequest.of(inputs));
    }

    /**
     * The number of tokens of a request, as the provider counts them before it would answer; the answer is not made. A
     * provider that does not count fails with an {@link io.aicore.llm.error.InvalidRequestException}.
     */
    default Mono<Long> countTokens(CompletionRequest request) {
        return Mono.error(() -> Failures.notOffered(name(), "counting of tokens"));
    }

    /** Takes no more calls, and closes the provider's connections once those in flight have ended. Does not wait for it. */
    @Override
    default void dispose() {}

    /** {@link #dispose()}, for try-with-resources and containers. */
    @Override
    default void close() {
        dispose();
    }
}
