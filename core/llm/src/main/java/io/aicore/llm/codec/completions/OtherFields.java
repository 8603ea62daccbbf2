package io.aicore.llm.codec.completions;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What an answer has beside words and calls, for its extra fields. One for each answer, plain or streamed. */
public interface OtherFields {

    /**
     * Adds what this answer or chunk of a stream has.
     *
     * @param tree the whole of it
     * @param choice its first choice; a missing node if there is none
     * @param message the choice's message or delta
     */
    void add(JsonNode tree, JsonNode choice, JsonNode message);

    /** Whether it is an answer without words and calls: a picture, a sound. */
    boolean isAnswer();

    /** The extra fields so far. */
    Map<String, Object> extra();
}
