package io.aicore.llm.codec;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each tool call of an answer an id that no other call of the conversation has, because results are matched by
 * it. Some hosts omit ids, restart them in each answer, or use one twice. One instance per answer; not thread-safe.
 */
public final class DistinctCalls extends StreamDecorator {

    private final List<Message> conversation;
    private @Nullable StreamedIds ids;

    private DistinctCalls(StreamDecoder decoder, List<Message> conversation) {
        super(decoder);
        this.conversation = conversation;
    }

    /** A decoder that gives each call of an answer to this conversation a unique id. */
    public static StreamDecoder in(List<Message> conversation, StreamDecoder decoder) {
        return new DistinctCalls(decoder, conversation);
    }

    /** The answer to this conversation, with a unique id for each call. */
    public static Completion in(List<Message> conversation, Completion answer) {
        List<ToolCall> calls = in(conversation, answer.toolCalls());
        return calls.equals(answer.toolCalls()) ? answer : answer.toolCalls(calls);
    }

    private static List<ToolCall> in(List<Message> conversation, List<ToolCall> calls) {
        if (calls.isEmpty()) {
            return calls;
        }
        Names names = new Names(conversation);
        return calls.stream()
                .map(call -> new ToolCall(names.next(call.id()), call.name(), call.arguments()))
                .toList();
    }

    @Override
    CompletionChunk change(CompletionChunk chunk) {
        if (chunk.toolCalls().isEmpty()) {
            return chunk;
        }
        StreamedIds known = ids;
        if (known == null) {
            known = new StreamedIds(new Names(conversation));
            ids = known;
        }
        List<ToolCallDelta> deltas = new ArrayList<>();
        for (ToolCallDelta delta : chunk.toolCalls()) {
            deltas.add(new ToolCallDelta(delta.index(), known.of(delta), delta.name(), delta.arguments()));
        }
        return chunk.toolCalls(deltas);
    }

    /** The ids of the calls of one stream; most streams have none. */
    private static final class StreamedIds {

        private final Names names;
        private final Map<Integer, String> said = new HashMap<>();
        private final Map<Integer, String> given = new HashMap<>();

        StreamedIds(Names names) {
            this.names = names;
        }

        @Nullable
        String of(ToolCallDelta delta) {
            String id = delta.id() == null ? "" : delta.id();
            if (id.isEmpty() ? given.containsKey(delta.index()) : id.equals(said.get(delta.index()))) {
                return id.isEmpty() ? null : given.get(delta.index());
            }
            said.put(delta.index(), id);
            String own = names.next(id);
            given.put(delta.index(), own);
            return own;
        }
    }

    /** The ids in use. */
    private static final class Names {

        private final Set<String> taken = new HashSet<>();
        private int number;

        Names(List<Message> conversation) {
            for (Message message : conversation) {
                for (ToolCall call : message.toolCalls()) {
                    taken.add(call.id());
                    number++;
                }
            }
        }

        /** This id, or the next similar one that is free. */
        String next(String id) {
            String own = id;
            for (int i = 2; own.isEmpty() || taken.contains(own); i++) {
                own = id.isEmpty() ? "call_" + number++ : id + "_" + i;
            }
            taken.add(own);
            return own;
        }
    }
}
