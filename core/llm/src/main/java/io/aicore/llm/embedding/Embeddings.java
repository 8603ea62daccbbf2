package io.aicore.llm.embedding;

import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The embeddings of an {@link EmbeddingRequest}, in the order of its texts.
 *
 * @param model the model that made them, by the provider's name; empty without one
 * @param vectors one embedding for each text
 * @param usage sum over all requests; null if the provider reported none
 * @param provenance response metadata of all requests combined; null until the pipeline has added it
 */
public record Embeddings(
        String model,
        List<Embedding> vectors,
        @Nullable Usage usage,
        @Nullable Provenance provenance) {

    public Embeddings {
        vectors = List.copyOf(vectors);
    }

    /** Embeddings as a provider decodes them. */
    public static Embeddings of(String model, List<Embedding> vectors, @Nullable Usage usage) {
        return new Embeddings(model, vectors, usage, null);
    }

    /** Returns a copy with this response metadata. */
    public Embeddings provenance(@Nullable Provenance provenance) {
        return new Embeddings(model, vectors, usage, provenance);
    }

    @Override
    public String toString() {
        return "Embeddings[" + model + ", " + vectors.size() + " vectors, " + usage + "]";
    }
}
