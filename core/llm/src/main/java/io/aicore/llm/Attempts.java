package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.http.StreamWaits;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One attempt of a call, as each provider makes it. Cold; never called concurrently for one call. Each method first
 * determines the credential of the attempt, and has sent nothing by then.
 */
interface Attempts {

    /**
     * One exchange for a whole answer, or several if the provider announces the answer first; bounded by the attempt
     * timeout.
     */
    Mono<Ready<Mono<Completion>>> complete(CompletionRequest request, AttemptContext attemptContext);

    /** One exchange for a stream, bounded by these waits; the pipeline times the first content. */
    Mono<Ready<Flux<CompletionChunk>>> stream(
            CompletionRequest request, AttemptContext attemptContext, StreamWaits waits);

    /** The parts of this request that are sent in another way than requested. */
    default List<String> warnings(CompletionRequest request) {
        return List.of();
    }

    /** One exchange for embeddings, bounded by the attempt timeout. */
    Mono<Ready<Mono<Embeddings>>> embed(EmbeddingRequest request, AttemptContext attemptContext);

    /** Maximum number of texts in one exchange. */
    int maxInputs(EmbeddingRequest request);

    /** One exchange for a token count, bounded by the attempt timeout. */
    Mono<Ready<Mono<Long>>> countTokens(CompletionRequest request, AttemptContext attemptContext);
}
