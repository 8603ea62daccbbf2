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
 * Completions, streams and embeddings of one provider. Publishers are cold: each subscription is an independent call
 * with its own retries; subscriptions share the provider's circuit breakers and connections. Cancelling closes the
 * exchange, and nothing more is sent. Errors are {@link io.aicore.llm.error.LlmException}s. Thread-safe.
 */
public interface LlmProvider extends Disposable, AutoCloseable {

    /** The provider's configured name, such as {@code openai}. */
    String name();

    /** Returns the whole answer. Retried according to the retry settings until the answer is complete. */
    Mono<Completion> complete(CompletionRequest request);

    /** Answers this prompt with the configured settings. */
    default Mono<Completion> complete(String prompt) {
        return complete(CompletionRequest.of(prompt));
    }

    /**
     * Returns the answer as a value of this record class, together with the completion. The model receives the JSON
     * schema of the record (see {@link RecordSchema} for the supported types) through the provider's schema mode if it
     * has one, otherwise in the system prompt. An answer that does not match is sent back once with the mismatch;
     * attempts, times and usage of both rounds are on the completion, and the request's deadline covers both.
     *
     * <p>Fails with a {@link io.aicore.llm.error.MalformedResponseException} with the path but not the content, if the
     * second answer does not match either, if the token limit truncated the answer, or if the model calls tools
     * instead; with a {@link io.aicore.llm.error.ContentFilteredException} if it declined or was filtered. These are
     * not repaired; {@code partial()} has the answer. If the repair itself fails, {@code partial()} has the first
     * answer.
     *
     * @throws IllegalArgumentException if the class is not a record, or has a component type without a schema
     */
    default <T> Mono<TypedCompletion<T>> complete(CompletionRequest request, Class<T> type) {
        return new TypedCall<>(this, request, RecordSchema.of(type)).answer();
    }

    /** Answers this prompt with a value of this record class. */
    default <T> Mono<TypedCompletion<T>> complete(String prompt, Class<T> type) {
        return complete(CompletionRequest.of(prompt), type);
    }

    /**
     * Whether the provider itself enforces a JSON schema.
     *
     * @param request with a {@code ResponseFormat.JsonSchema} as its response format
     * @return by default false: {@link #complete(CompletionRequest, Class)} then puts the schema into the prompt
     */
    default boolean nativeJsonSchema(CompletionRequest request) {
        return false;
    }

    /**
     * Streams the answer. Retried only until the first chunk with content; a later failure carries the partial answer.
     * The last chunk has the response metadata. Backpressure reaches the connection: without demand nothing is read.
     */
    Flux<CompletionChunk> stream(CompletionRequest request);

    /** Streams the answer to this prompt. */
    default Flux<CompletionChunk> stream(String prompt) {
        return stream(CompletionRequest.of(prompt));
    }

    /**
     * Embeds any number of texts, split into requests within the provider's limits, at most 4 at a time, each retried
     * separately. The deadline covers all requests together. A request that the provider rejects as too large is
     * halved. If one request finally fails, the call fails and the others are cancelled. A provider without embeddings
     * fails with an {@link io.aicore.llm.error.InvalidRequestException}.
     */
    default Mono<Embeddings> embed(EmbeddingRequest request) {
        return Mono.error(() -> FailureMapping.notOffered(name(), "embeddings"));
    }

    /** Embeds these texts with the configured settings. */
    default Mono<Embeddings> embed(String... inputs) {
        return embed(EmbeddingRequest.of(inputs));
    }

    /**
     * Returns the number of tokens of a request as the provider counts them; no answer is generated. A provider that
     * cannot count fails with an {@link io.aicore.llm.error.InvalidRequestException}.
     */
    default Mono<Long> countTokens(CompletionRequest request) {
        return Mono.error(() -> FailureMapping.notOffered(name(), "token counting"));
    }

    /**
     * Rejects new calls, and closes the provider's connections once the calls in flight have ended. Does not wait for
     * them.
     */
    @Override
    default void dispose() {}

    /** As {@link #dispose()}, for try-with-resources and containers. */
    @Override
    default void close() {
        dispose();
    }
}
