package io.aicore.openai;

import io.aicore.llm.codec.json.JsonFields;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of one output item that a stream has sent so far. */
final class StreamedItem {

    /** What may come piece by piece. */
    enum Part {
        /** Id and name of a call. */
        NAME,
        /** The arguments of a call. */
        ARGUMENTS,
        TEXT,
        REFUSAL,
        REASONING
    }

    private final Set<Part> begun = EnumSet.noneOf(Part.class);
    private int call = -1;
    private @Nullable JsonFields whole;

    /** Which of the tool calls it is, from 0; -1 for what is none, or not yet known as one. */
    int call() {
        return call;
    }

    void call(int number) {
        call = number;
    }

    boolean has(Part part) {
        return begun.contains(part);
    }

    void begin(Part part) {
        begun.add(part);
    }

    /** The item as it was when it was done; null before. */
    @Nullable
    JsonFields whole() {
        return whole;
    }

    void whole(JsonFields item) {
        whole = item;
    }
}
