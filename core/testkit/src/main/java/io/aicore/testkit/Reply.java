package io.aicore.testkit;

import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import java.util.List;

/**
 * An answer in the kit's words. A {@link ProviderFixture} writes it as its provider would, and the kit expects to read the
 * same.
 *
 * @param thoughts the reasoning, in the pieces it is streamed in; without any there is no reasoning
 * @param pieces the text, in the pieces it is streamed in
 * @param calls the tool calls, after the text; their arguments are JSON objects
 * @param finish a key of {@link ProviderFixture#finishReasons()}
 * @param usage what it cost
 */
public record Reply(
        List<String> thoughts, List<String> pieces, List<ToolCall> calls, FinishReason finish, Usage usage) {

    /** The id of every reply, where the protocol has one. */
    public static final String ID = "reply-1";

    /** The model that served every reply, where the protocol names it. */
    public static final String MODEL = "model-1-dated";

    static final Usage USAGE = Usage.of(9, 27);

    public Reply {
        thoughts = List.copyOf(thoughts);
        pieces = List.copyOf(pieces);
        calls = List.copyOf(calls);
    }

    /** A finished answer in words, with its usage. */
    public static Reply of(String... pieces) {
        return new Reply(List.of(), List.of(pieces), List.of(), FinishReason.STOP, USAGE);
    }

    /** The same, thought about before. A part of the output's tokens is the reasoning's. */
    Reply thoughts(String... thoughts) {
        return new Reply(List.of(thoughts), pieces, calls, finish, new Usage(9, 27, 0, 0, 20));
    }

    /** The same, asking for these calls. */
    Reply calls(ToolCall... calls) {
        return new Reply(thoughts, pieces, List.of(calls), FinishReason.TOOL_CALLS, usage);
    }

    /** The same, ended for this reason. */
    Reply finish(FinishReason finish) {
        return new Reply(thoughts, pieces, calls, finish, usage);
    }

    /** The whole text. */
    public String text() {
        return String.join("", pieces);
    }

    /** The whole reasoning; empty if there is none. */
    public String reasoning() {
        return String.join("", thoughts);
    }
}
