package io.aicore.llm.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of an answer as it comes. Any part may be missing; {@link Completion#from} adds chunks up.
 *
 * @param text the next piece of the answer; empty if this chunk carries something else
 * @param reasoning the next piece of the reasoning text
 * @param refusal the next piece of a refusal
 * @param info what the stream says of the answer as a whole; null on most chunks
 * @param extra provider fields as in {@link Completion}; mostly on the last chunks
 */
public record CompletionChunk(
        String text,
        String reasoning,
        String refusal,
        List<ToolCallDelta> toolCalls,
        @Nullable ChunkInfo info,
        Map<String, Object> extra) {

    public CompletionChunk {
        toolCalls = List.copyOf(toolCalls);
        extra = Json.copy(extra);
    }

    /** A piece of the answer in words. */
    public static CompletionChunk text(String text) {
        return new CompletionChunk(text, "", "", List.of(), null, Map.of());
    }

    /** A piece of reasoning. */
    public static CompletionChunk reasoning(String reasoning) {
        return new CompletionChunk("", reasoning, "", List.of(), null, Map.of());
    }

    /** A chunk without content that says something of the answer as a whole. */
    public static CompletionChunk of(ChunkInfo info) {
        return new CompletionChunk("", "", "", List.of(), info, Map.of());
    }

    /**
     * Whether this chunk carries what the model said: from the first such chunk on, a stream is not retried, unless the
     * provider can go on where it broke.
     */
    public boolean hasContent() {
        return !text.isEmpty() || !reasoning.isEmpty() || !refusal.isEmpty() || !toolCalls.isEmpty();
    }

    /** The same piece, with this said of the answer as a whole. */
    public CompletionChunk info(@Nullable ChunkInfo info) {
        return new CompletionChunk(text, reasoning, refusal, toolCalls, info, extra);
    }

    /** The same piece, with these provider fields. */
    public CompletionChunk extra(Map<String, Object> extra) {
        return new CompletionChunk(text, reasoning, refusal, toolCalls, info, extra);
    }

    /** How many characters of content it carries. */
    public int size() {
        int size = text.length() + reasoning.length() + refusal.length();
        for (ToolCallDelta delta : toolCalls) {
            size += delta.arguments().length();
        }
        return size;
    }

    @Override
    public String toString() {
        return "CompletionChunk[" + text.length() + " chars, " + toolCalls.size() + " tool call fragments, " + info
                + "]";
    }
}
