package io.aicore.llm.chat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Combines chunks into an answer; the answer so far is available at any time. Not thread-safe: the chunks of a stream
 * arrive one after the other. Keeps all content in memory.
 */
public final class CompletionFold {

    private static final ChunkInfo NOTHING = new ChunkInfo(null, null, null, null, null, null);

    // Each is made by the first chunk that has some of it: most answers are text alone.
    private @Nullable StringBuilder text;
    private @Nullable StringBuilder reasoning;
    private @Nullable StringBuilder refusal;
    private Map<Integer, Call> calls = Map.of();
    private Map<String, Object> extra = Map.of();
    private @Nullable ChunkInfo info;

    /** Creates a fold without chunks. */
    public CompletionFold() {}

    /** Adds the next chunk. */
    public void add(CompletionChunk chunk) {
        text = appended(text, chunk.text());
        reasoning = appended(reasoning, chunk.reasoning());
        refusal = appended(refusal, chunk.refusal());
        if (!chunk.toolCalls().isEmpty()) {
            calls = calls.isEmpty() ? new TreeMap<>() : calls;
            chunk.toolCalls()
                    .forEach(delta -> calls.computeIfAbsent(delta.index(), index -> new Call())
                            .add(delta));
        }
        if (!chunk.extra().isEmpty()) {
            extra = extra.isEmpty() ? new LinkedHashMap<>() : extra;
            extra.putAll(chunk.extra());
        }
        info = ChunkInfo.merge(info, chunk.info());
    }

    private static @Nullable StringBuilder appended(@Nullable StringBuilder known, String more) {
        if (more.isEmpty()) {
            return known;
        }
        return known == null ? new StringBuilder(more) : known.append(more);
    }

    /** The answer so far. */
    public Completion completion() {
        List<ToolCall> toolCalls = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        calls.forEach((index, call) -> toolCalls.add(call.toolCall(index, ids)));
        ChunkInfo info = this.info == null ? NOTHING : this.info;
        FinishReason reason = info.finishReason();
        return new Completion(
                orEmpty(info.id()),
                orEmpty(info.model()),
                new Completion.Output(orEmpty(text), toolCalls, orEmpty(reasoning), orEmpty(refusal), extra),
                new Completion.Finish(reason == null ? FinishReason.UNKNOWN : reason, info.rawFinishReason()),
                info.usage(),
                info.provenance());
    }

    private static String orEmpty(@Nullable CharSequence value) {
        return value == null ? "" : value.toString();
    }

    private static final class Call {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();

        void add(ToolCallDelta delta) {
            // Some hosts repeat a continued call with an empty name or id: what is known is never overwritten by
            // nothing.
            if (delta.id() != null && !delta.id().isEmpty()) {
                id = delta.id();
            }
            if (delta.name() != null && !delta.name().isEmpty()) {
                name = delta.name();
            }
            arguments.append(delta.arguments());
        }

        /** Gives the call an id that none of these has, because results are matched by it. */
        ToolCall toolCall(int index, Set<String> taken) {
            String wanted = id.isEmpty() ? "call_" + index : id;
            String own = wanted;
            for (int i = 2; !taken.add(own); i++) {
                own = wanted + "_" + i;
            }
            return new ToolCall(own, name, arguments.toString());
        }
    }
}
