package io.aicore.cohere;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionFold;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonStreamDecoder;
import io.aicore.llm.codec.ToolCallFields;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one stream. Events of a type that it does not know ({@code debug}) are passed over; {@code [DONE]} ends nothing. */
final class CohereStreamDecoder extends JsonStreamDecoder {

    private final TextDelta delta = new TextDelta();
    private final KeptFields kept = new KeptFields();
    private final Map<Integer, StreamedCall> calls = new LinkedHashMap<>();
    private int begun;

    CohereStreamDecoder(JsonAnswer answer) {
        super(answer);
    }

    @Override
    protected boolean isError(WireEvent event, JsonFields tree) {
        return CohereCodec.isError(tree);
    }

    @Override
    protected String missing() {
        return "the stream ended without message-end";
    }

    @Override
    protected @Nullable List<CompletionChunk> frequent(WireEvent event) {
        if (!delta.fits(event)) {
            return null;
        }
        String words = delta.words();
        kept.words(delta.index(), delta.isText() ? KeptFields.TEXT : KeptFields.THINKING, words);
        return words(words);
    }

    @Override
    protected List<CompletionChunk> next(WireEvent event, JsonFields tree) {
        JsonFields delta = tree.at("delta");
        JsonFields message = delta.at("message");
        return switch (type(event, tree)) {
            case "message-start" -> {
                metadata().identify(tree.string("id"), answer().model());
                yield List.of();
            }
            case "content-start", "content-delta" -> {
                kept.list(KeptFields.PROBABILITIES, tree);
                yield words(tree.index("index"), message.at("content"));
            }
            case "tool-plan-delta" -> plan(message.text(KeptFields.PLAN));
            case "tool-call-start" -> call(tree.index("index"), only(message.at("tool_calls")));
            case "tool-call-delta" -> arguments(tree.index("index"), only(message.at("tool_calls")));
            case "tool-call-end" -> rest(calls.get(tree.index("index")));
            case "citation-start" -> {
                kept.list(KeptFields.CITATIONS, message);
                yield List.of();
            }
            case "message-end" -> last(finish(delta));
            default -> List.of();
        };
    }

    private List<CompletionChunk> words(int index, JsonFields content) {
        List<CompletionChunk> chunks = new ArrayList<>();
        for (JsonFields block : content.isArray() ? content.elements() : List.of(content)) {
            chunks.addAll(words(kept.block(index, block)));
        }
        return chunks;
    }

    private List<CompletionChunk> words(String words) {
        return emit(kept.isText() ? CompletionChunk.text(words) : CompletionChunk.reasoning(words));
    }

    private List<CompletionChunk> plan(String words) {
        kept.plan(words);
        return emit(CompletionChunk.reasoning(words));
    }

    /** An event is about one call, which some gateways send as an array of one. */
    private static JsonFields only(JsonFields call) {
        return call.isArray() ? call.at(0) : call;
    }

    private List<CompletionChunk> call(int index, JsonFields start) {
        // Where the call before it at this index was not ended.
        List<CompletionChunk> chunks = new ArrayList<>(rest(calls.get(index)));
        StreamedCall call = new StreamedCall(begun++);
        calls.put(index, call);
        chunks.addAll(emit(new ToolCallDelta(
                call.index(),
                start.string("id"),
                ToolCallFields.name(start),
                call.more(ToolCallFields.arguments(start)))));
        return chunks;
    }

    private List<CompletionChunk> arguments(int index, JsonFields delta) {
        StreamedCall call = calls.get(index);
        // Its start was left out.
        return call == null ? call(index, delta) : arguments(call, call.more(ToolCallFields.arguments(delta)));
    }

    private List<CompletionChunk> rest(@Nullable StreamedCall call) {
        return call == null ? List.of() : arguments(call, call.rest());
    }

    private List<CompletionChunk> arguments(StreamedCall call, String more) {
        return more.isEmpty() ? List.of() : emit(new ToolCallDelta(call.index(), null, null, more));
    }

    private List<CompletionChunk> finish(JsonFields delta) {
        Ending ending = new Ending(delta);
        ending.requireSuccess(answer(), phase());
        requireAnswer(ending.finish(begun > 0), false);
        return ended(delta);
    }

    private List<CompletionChunk> ended(JsonFields delta) {
        Ending ending = new Ending(delta);
        // A call that the token limit cut has no end of its own.
        List<CompletionChunk> chunks = new ArrayList<>();
        calls.values().forEach(call -> chunks.addAll(rest(call)));
        metadata().usage(ending.usage());
        metadata().finish(ending.finish(begun > 0), ending.reason());
        kept.billed(delta.at("usage"));
        chunks.addAll(emit(CompletionChunk.text("").extra(kept.extra()), true));
        return chunks;
    }

    /** A plain answer: what the events of its stream would say. */
    Completion whole(JsonFields tree) {
        JsonFields message = tree.at("message");
        CompletionFold fold = new CompletionFold();
        metadata().identify(tree.string("id"), answer().model());
        int index = 0;
        JsonFields content = message.at("content");
        for (JsonFields block : content.isString() ? List.of(content) : content.items()) {
            words(index++, block).forEach(fold::add);
        }
        plan(message.text(KeptFields.PLAN)).forEach(fold::add);
        for (JsonFields call : message.at("tool_calls").items()) {
            call(index++, call).forEach(fold::add);
        }
        kept.list(KeptFields.CITATIONS, message);
        kept.list(KeptFields.PROBABILITIES, tree);
        ended(tree).forEach(fold::add);
        return fold.completion();
    }
}
