package io.aicore.llm.chat;

/**
 * An answer converted to a value.
 *
 * @param value the value
 * @param completion the answer; after a repair, its usage and response metadata cover both rounds
 * @param repaired whether the first answer did not match the schema and was sent back to the model
 */
public record TypedCompletion<T>(T value, Completion completion, boolean repaired) {

    @Override
    public String toString() {
        return "TypedCompletion[" + value.getClass().getSimpleName() + ", " + completion
                + (repaired ? ", repaired" : "") + "]";
    }
}
