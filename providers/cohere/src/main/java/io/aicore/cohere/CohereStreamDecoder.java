package io.aicore.cohere;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonStreamDecoder;
import io.aicore.llm.codec.ToolCallFields;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one stream. Events of a type that it does not know ({@code debug}) are passed over; {@code [DONE]} ends nothing. */
final class CohereStreamDecoder extends JsonStreamDecoder {

    private final KeptFields kept = new KeptFields();
    private final Map<Integer, StreamedCall> calls = new LinkedHashMap<>();
    private int begun;

    CohereStreamDecoder(JsonAnswer answer) {
        super(answer);
    }

    @Override
    protected boolean isError(WireEvent event, JsonNode tree) {
        return Failures.isError(tree);
    }

    @Override
    protected String missing() {
        return "the stream ended without message-end";
    }

    @Override
    protected List<CompletionChunk> next(WireEvent event, JsonNode tree) {
        JsonNode delta = tree.path("delta");
        JsonNode message = delta.path("message");
        return switch (type(event, tree)) {
            case "message-start" -> begin(tree);
            case "content-start", "content-delta" -> {
                kept.probabilities(tree.path(KeptFields.PROBABILITIES));
                yield words(Json.index(tree, "index"), message.path("content"));
            }
            case "tool-plan-delta" -> plan(Json.text(message, KeptFields.PLAN));
            case "tool-call-start" -> call(Json.index(tree, "index"), message.path("tool_calls"));
            case "tool-call-delta" -> arguments(Json.index(tree, "index"), message.path("tool_calls"));
            case "tool-call-end" -> rest(calls.get(Json.index(tree, "index")));
            case "citation-start" -> cite(message.path(KeptFields.CITATIONS));
            case "message-end" -> last(finish(delta));
            default -> List.of();
        };
    }

    private List<CompletionChunk> begin(JsonNode tree) {
        metadata().identify(Json.string(tree, "id"), answer().model());
        return List.of();
    }

    private List<CompletionChunk> words(int index, JsonNode content) {
        String words = kept.block(index, content);
        return emit(kept.isText() ? CompletionChunk.text(words) : CompletionChunk.reasoning(words));
    }

    private List<CompletionChunk> plan(String words) {
        kept.plan(words);
        return emit(CompletionChunk.reasoning(words));
    }

    private List<CompletionChunk> call(int index, JsonNode start) {
        // Where the call before it at this index was not ended.
        List<CompletionChunk> chunks = new ArrayList<>(rest(calls.get(index)));
        StreamedCall call = new StreamedCall(begun++);
        calls.put(index, call);
        chunks.addAll(emit(new ToolCallDelta(
                call.index(),
                Json.string(start, "id"),
                ToolCallFields.name(start),
                call.more(ToolCallFields.arguments(start)))));
        return chunks;
    }

    private List<CompletionChunk> arguments(int index, JsonNode delta) {
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

    private List<CompletionChunk> cite(JsonNode citations) {
        kept.citations(citations);
        return List.of();
    }

    private List<CompletionChunk> finish(JsonNode delta) {
        String reason = Json.text(delta, "finish_reason");
        if (FinishReasons.isFailure(reason)) {
            throw Failures.ended(answer(), delta, reason, phase());
        }
        // A call that the token limit cut has no end of its own.
        List<CompletionChunk> chunks = new ArrayList<>();
        calls.values().forEach(call -> chunks.addAll(rest(call)));
        FinishReason finish = FinishReasons.of(reason);
        requireAnswer(finish, false);
        metadata().usage(UsageReader.of(delta.path("usage")));
        metadata().finish(finish, reason.isEmpty() ? null : reason);
        kept.billed(delta.path("usage"));
        chunks.addAll(emit(CompletionChunk.text("").extra(kept.extra()), true));
        return chunks;
    }
}
