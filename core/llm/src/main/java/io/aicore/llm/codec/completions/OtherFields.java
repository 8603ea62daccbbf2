package io.aicore.llm.codec.completions;

import io.aicore.llm.codec.json.JsonFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /**
     * Adds an answer or chunk that has one choice, with no more than texts in its message, and no field beside id, model,
     * usage and this tier. Returns false, and adds nothing, if {@link #add} must see it. Default: false.
     *
     * @param content the string in the message's {@code content}; empty if there is none
     * @param tier the string in {@code service_tier}; null if there is none
     */
    default boolean addPlain(String content, @Nullable String tier) {
        return false;
    }

    /** Whether they are an answer without text and calls, such as an image or audio. */
    boolean isAnswer();

    /** The extra fields so far; may change when more are added. */
    Map<String, Object> extra();
}
