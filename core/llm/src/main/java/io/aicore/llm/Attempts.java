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
 * What differs between providers on the road of a call: how one attempt is made. Cold; never called twice at once for one call.
 * Each first finds out whose credential the attempt goes with, and has sent nothing by then.
 */
interface Attempts {

    /** One exchange for a whole answer, or several until an announced one is there, held to the attempt timeout. */
    Mono<Ready<Mono<Completion>>> complete(CompletionRequest request, Terms terms);

    /** One exchange for a stream, held to these waits; the first content is the pipeline's to time. */
    Mono<Ready<Flux<CompletionChunk>>> stream(CompletionRequest request, Terms terms, StreamWaits waits);

    /** What of this request is sent otherwise than it was said. */
    default List<String> warnings(CompletionRequest request) {
        return List.of();
    }

    /** One exchange for vectors, held to the attempt timeout. */
    Mono<Ready<Mono<Embeddings>>> embed(EmbeddingRequest request, Terms terms);

    /** How many texts one exchange may hold. */
    int maxInputs(EmbeddingRequest request);

    /** One exchange for the number of tokens, held to the attempt timeout. */
    Mono<Ready<Mono<Long>>> countTokens(CompletionRequest request, Terms terms);
}
