package io.aicore.llm.chat;

/** Whether the model may, must or must not call a tool. */
public sealed interface ToolChoice {

    /** The model decides. */
    static ToolChoice auto() {
        return Mode.AUTO;
    }

    /** The model must not call a tool. */
    static ToolChoice none() {
        return Mode.NONE;
    }

    /** The model must call at least one tool. */
    static ToolChoice required() {
        return Mode.REQUIRED;
    }

    /** The model must call this tool. */
    static ToolChoice named(String tool) {
        return new Named(tool);
    }

    /** The choices without a tool name. */
    enum Mode implements ToolChoice {
        /** The model decides. */
        AUTO,
        /** The model must not call a tool. */
        NONE,
        /** The model must call at least one tool. */
        REQUIRED
    }

    /** The model must call this tool. */
    record Named(String tool) implements ToolChoice {}
}
