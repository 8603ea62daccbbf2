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
import reactor.util.context.ContextView;

/** One attempt of a call, as each provider makes it, in its Context. Cold; never called concurrently for one call. */
interface Attempts {

    /**
     * One exchange for a whole answer, or several if the provider announces the answer first; bounded by the attempt
     * timeout.
     */
    Ready<Mono<Completion>> complete(CompletionRequest request, AttemptContext attemptContext, ContextView context);

    /** One exchange for a stream, bounded by these waits; the pipeline times the first content. */
    Ready<Flux<CompletionChunk>> stream(
            CompletionRequest request, AttemptContext attemptContext, StreamWaits waits, ContextView context);

    /** The parts of this request that are sent in another way than requested. */
    default List<String> warnings(CompletionRequest request) {
        return List.of();
    }

    /** One exchange for embeddings, bounded by the attempt timeout. */
    Ready<Mono<Embeddings>> embed(EmbeddingRequest request, AttemptContext attemptContext, ContextView context);

    /** Maximum number of texts in one exchange. */
    int maxInputs(EmbeddingRequest request);

    /** One exchange for a token count, bounded by the attempt timeout. */
    Ready<Mono<Long>> countTokens(CompletionRequest request, AttemptContext attemptContext, ContextView context);
}
