package io.aicore.llm.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of a streamed answer. Any part may be missing; {@link Completion#from} combines chunks.
 *
 * @param text the next part of the answer; empty if this chunk carries something else
 * @param reasoning the next part of the reasoning text
 * @param refusal the next part of a refusal
 * @param info metadata of the whole answer; null on most chunks
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

    /** A text chunk. */
    public static CompletionChunk text(String text) {
        return new CompletionChunk(text, "", "", List.of(), null, Map.of());
    }

    /** A reasoning chunk. */
    public static CompletionChunk reasoning(String reasoning) {
        return new CompletionChunk("", reasoning, "", List.of(), null, Map.of());
    }

    /** A chunk without content, with metadata of the whole answer. */
    public static CompletionChunk of(ChunkInfo info) {
        return new CompletionChunk("", "", "", List.of(), info, Map.of());
    }

    /**
     * Whether this chunk contains model output. After the first such chunk a stream is not retried, unless the provider
     * can resume it.
     */
    public boolean hasContent() {
        return !text.isEmpty() || !reasoning.isEmpty() || !refusal.isEmpty() || !toolCalls.isEmpty();
    }

    /** Returns a copy with these parts of tool calls. */
    public CompletionChunk toolCalls(List<ToolCallDelta> toolCalls) {
        return new CompletionChunk(text, reasoning, refusal, toolCalls, info, extra);
    }

    /** Returns a copy with this metadata of the whole answer. */
    public CompletionChunk info(@Nullable ChunkInfo info) {
        return new CompletionChunk(text, reasoning, refusal, toolCalls, info, extra);
    }

    /** Returns a copy with these provider fields. */
    public CompletionChunk extra(Map<String, Object> extra) {
        return new CompletionChunk(text, reasoning, refusal, toolCalls, info, extra);
    }

    /** Number of characters of content. */
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
