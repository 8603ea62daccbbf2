package io.aicore.llm.chat;

/**
 * An answer read into a value.
 *
 * @param value the value
 * @param completion the answer it was read from; its usage and provenance are those of both rounds after a repair
 * @param repaired whether the first answer did not fit, and the model was told so
 */
public record TypedCompletion<T>(T value, Completion completion, boolean repaired) {

    @Override
    public String toString() {
        return "TypedCompletion[" + value.getClass().getSimpleName() + ", " + completion
                + (repaired ? ", repaired" : "") + "]";
    }
}
