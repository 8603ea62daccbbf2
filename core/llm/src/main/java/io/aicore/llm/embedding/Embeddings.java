package io.aicore.llm.embedding;

import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of an {@link EmbeddingRequest}, in the order of its texts.
 *
 * @param model the model that made them, by the provider's name; empty if the provider did not say
 * @param vectors one for each text
 * @param usage of all requests together; null if the provider reported none
 * @param provenance how they came, attempts and waits of all requests together; null before the pipeline has added it
 */
public record Embeddings(
        String model,
        List<Embedding> vectors,
        @Nullable Usage usage,
        @Nullable Provenance provenance) {

    public Embeddings {
        vectors = List.copyOf(vectors);
    }

    /** Vectors as a provider decodes them. */
    public static Embeddings of(String model, List<Embedding> vectors, @Nullable Usage usage) {
        return new Embeddings(model, vectors, usage, null);
    }

    /** The same vectors, with how they came. */
    public Embeddings provenance(@Nullable Provenance provenance) {
        return new Embeddings(model, vectors, usage, provenance);
    }

    @Override
    public String toString() {
        return "Embeddings[" + model + ", " + vectors.size() + " vectors, " + usage + "]";
    }
}
