package io.aicore.llm.chat;

/** Whether the model may, must or must not call a tool. */
public sealed interface ToolChoice {

    /** The model decides. */
    static ToolChoice auto() {
        return Mode.AUTO;
    }

    /** No tool is called. */
    static ToolChoice none() {
        return Mode.NONE;
    }

    /** At least one tool is called. */
    static ToolChoice required() {
        return Mode.REQUIRED;
    }

    /** This tool is called. */
    static ToolChoice named(String tool) {
        return new Named(tool);
    }

    /** The choices that need no name. */
    enum Mode implements ToolChoice {
        /** The model decides. */
        AUTO,
        /** No tool is called. */
        NONE,
        /** At least one tool is called. */
        REQUIRED
    }

    /** One certain tool. */
    record Named(String tool) implements ToolChoice {}
}
