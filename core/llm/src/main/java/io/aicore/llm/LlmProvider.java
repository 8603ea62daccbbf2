package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.TypedCompletion;
import io.aicore.llm.codec.schema.RecordSchema;
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
     * The answer as a value of this record class, with the answer itself. The model is given the JSON schema of the record
     * (see {@link RecordSchema} for what may be in it): by the provider's own mode for schemas where it has one, and else in
     * the system prompt. An answer that does not fit is sent back once, with what does not fit; attempts, times and usage
     * of both rounds are on the completion, and the request's own deadline bounds both.
     *
     * <p>Fails with a {@link io.aicore.llm.error.MalformedResponseException} naming the path and not the content, if the
     * second answer does not fit either, if the token limit cut the answer, or if the model asks for tools instead; with a
     * {@link io.aicore.llm.error.ContentFilteredException} if it declined or was filtered. These are not repaired; {@code
     * partial()} has the answer. If the repair itself fails, {@code partial()} has the first answer.
     *
     * @throws IllegalArgumentException if the class is no record, or holds what a schema cannot say
     */
    default <T> Mono<TypedCompletion<T>> complete(CompletionRequest request, Class<T> type) {
        return new TypedCall<>(this, request, RecordSchema.of(type)).answer();
    }

    /** The answer to a question in words, as a value of this record class. */
    default <T> Mono<TypedCompletion<T>> complete(String prompt, Class<T> type) {
        return complete(CompletionRequest.of(prompt), type);
    }

    /**
     * Whether the provider itself holds the answer to a JSON schema.
     *
     * @param request with a {@code ResponseFormat.JsonSchema} as its response format
     * @return by default false: then {@link #complete(CompletionRequest, Class)} puts the schema into the prompt
     */
    default boolean nativeJsonSchema(CompletionRequest request) {
        return false;
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
