package io.aicore.llm.chat;

import java.util.function.Function;

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

    /** Applies the function for this kind of choice, so that every protocol handles all kinds. */
    <R> R fold(Function<? super Mode, ? extends R> mode, Function<? super Named, ? extends R> named);

    /** Whether the model must call a tool. */
    default boolean isForced() {
        return fold(mode -> mode == Mode.REQUIRED, named -> true);
    }

    /** The choices without a tool name. */
    enum Mode implements ToolChoice {
        /** The model decides. */
        AUTO,
        /** The model must not call a tool. */
        NONE,
        /** The model must call at least one tool. */
        REQUIRED;

        @Override
        public <R> R fold(Function<? super Mode, ? extends R> mode, Function<? super Named, ? extends R> named) {
            return mode.apply(this);
        }
    }

    /** The model must call this tool. */
    record Named(String tool) implements ToolChoice {

        @Override
        public <R> R fold(Function<? super Mode, ? extends R> mode, Function<? super Named, ? extends R> named) {
            return named.apply(this);
        }
    }
}
