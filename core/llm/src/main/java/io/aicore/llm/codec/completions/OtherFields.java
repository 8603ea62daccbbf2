package io.aicore.llm.codec.completions;

import io.aicore.llm.codec.json.JsonFields;
import java.util.Map;

/**
 * Collects what an answer has beside text and calls, for its extra fields. One instance per answer, plain or streamed.
 */
public interface OtherFields {

    /**
     * Adds the fields of this answer or chunk of a stream.
     *
     * @param tree all of it
     * @param choice its first choice; a missing node if there is none
     * @param message the choice's message or delta
     */
    void add(JsonFields tree, JsonFields choice, JsonFields message);

    /** Whether they are an answer without text and calls, such as an image or audio. */
    boolean isAnswer();

    /** The extra fields so far. */
    Map<String, Object> extra();
}
