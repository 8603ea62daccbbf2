package io.aicore.testkit;

import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.embedding.Embedding;
import java.util.List;

/** How a provider with {@link Capability#EMBEDDINGS} writes and reads them. */
public interface EmbeddingFixture {

    /** The model asked for. */
    default String model() {
        return "embed-1";
    }

    /** The path, query included, that a request goes to. */
    String path();

    /**
     * The body of an answer with these embeddings.
     *
     * @param tokens what they cost
     */
    String answer(List<Embedding> vectors, long tokens);

    /** The texts of this request. */
    List<String> inputs(JsonFields body);

    /** How many texts one request may hold. */
    int maxInputs();

    /** The model that the answer must name: empty in a protocol that names none. */
    default String servedBy() {
        return Reply.MODEL;
    }

    /** Whether an answer tells its tokens. */
    default boolean usage() {
        return true;
    }
}
