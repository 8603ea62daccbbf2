package io.aicore.llm.codec;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.json.Surrogates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins surrogate pairs that hosts split between chunks, in text, reasoning, refusal and each call's arguments: a first
 * half waits for its second one, and a half without its counterpart becomes U+FFFD. Wraps the decoder of any stream;
 * holds one half per kind of text.
 */
public final class WholeCharacters extends StreamDecorator {

    private final Join text = new Join();
    private final Join reasoning = new Join();
    private final Join refusal = new Join();
    private Map<Integer, Join> arguments = Map.of();

    private WholeCharacters(StreamDecoder decoder) {
        super(decoder);
    }

    /** Wraps this decoder. */
    public static StreamDecoder in(StreamDecoder decoder) {
        return new WholeCharacters(decoder);
    }

    /** Returns the answer with unpaired surrogates replaced. */
    public static Completion in(Completion answer) {
        boolean whole = answer.toolCalls().isEmpty()
                && Surrogates.areWhole(answer.text())
                && Surrogates.areWhole(answer.reasoning())
                && Surrogates.areWhole(answer.refusal());
        return whole ? answer : replaced(answer);
    }

    private static Completion replaced(Completion answer) {
        return answer.output(new Completion.Output(
                Surrogates.whole(answer.text()),
                answer.toolCalls().stream()
                        .map(call -> new ToolCall(call.id(), call.name(), Surrogates.whole(call.arguments())))
                        .toList(),
                orNull(answer.reasoning()),
                orNull(answer.refusal()),
                answer.extra()));
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null ? null : Surrogates.whole(text);
    }

    @Override
    public List<CompletionChunk> end() {
        List<CompletionChunk> chunks = new ArrayList<>(super.end());
        List<ToolCallDelta> calls = new ArrayList<>();
        arguments.forEach((index, join) -> {
            String rest = join.rest();
            if (!rest.isEmpty()) {
                calls.add(new ToolCallDelta(index, null, null, rest));
            }
        });
        CompletionChunk rest =
                new CompletionChunk(text.rest(), reasoning.rest(), refusal.rest(), calls, null, Map.of());
        if (rest.hasContent()) {
            chunks.add(rest);
        }
        return chunks;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // nearly always the same text; an equal one only costs a copy
    CompletionChunk change(CompletionChunk chunk) {
        String nextText = text.next(chunk.text());
        String nextReasoning = reasoning.next(chunk.reasoning());
        String nextRefusal = refusal.next(chunk.refusal());
        boolean same = nextText == chunk.text()
                && nextReasoning == chunk.reasoning()
                && nextRefusal == chunk.refusal()
                && chunk.toolCalls().isEmpty();
        return same
                ? chunk
                : new CompletionChunk(
                        nextText, nextReasoning, nextRefusal, calls(chunk.toolCalls()), chunk.info(), chunk.extra());
    }

    private List<ToolCallDelta> calls(List<ToolCallDelta> deltas) {
        if (deltas.isEmpty()) {
            return deltas;
        }
        arguments = arguments.isEmpty() ? new HashMap<>() : arguments;
        List<ToolCallDelta> whole = new ArrayList<>(deltas.size());
        for (ToolCallDelta delta : deltas) {
            String next = arguments
                    .computeIfAbsent(delta.index(), index -> new Join())
                    .next(delta.arguments());
            boolean waits = next.isEmpty() && !delta.arguments().isEmpty();
            if (!waits || delta.id() != null || delta.name() != null) {
                whole.add(new ToolCallDelta(delta.index(), delta.id(), delta.name(), next));
            }
        }
        return whole;
    }

    /** One kind of text. */
    private static final class Join {

        private String held = "";

        String next(String piece) {
            if (piece.isEmpty()) {
                return piece;
            }
            String all = held.isEmpty() ? piece : held + piece;
            int last = all.length() - 1;
            boolean waits = Character.isHighSurrogate(all.charAt(last));
            held = waits ? all.substring(last) : "";
            return Surrogates.whole(waits ? all.substring(0, last) : all);
        }

        String rest() {
            String rest = Surrogates.whole(held);
            held = "";
            return rest;
        }
    }
}
