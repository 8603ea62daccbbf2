package io.aicore.cohere;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.StreamNews;
import io.aicore.llm.codec.ToolCallFields;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one stream. Events of a type that it does not know ({@code debug}) are passed over. */
final class CohereStreamDecoder implements StreamDecoder {

    private final JsonAnswer answer;

    private final KeptFields kept = new KeptFields();
    private final StreamNews news = new StreamNews();
    private final Map<Integer, StreamedCall> calls = new LinkedHashMap<>();
    private int begun;
    private boolean answers;
    private boolean ended;

    CohereStreamDecoder(JsonAnswer answer) {
        this.answer = answer;
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        String data = event.data().strip();
        // [DONE] comes after the last event, and does not stand for it.
        if (ended || data.isEmpty() || event.isDone()) {
            return List.of();
        }
        JsonNode tree = answer.event(event, phase());
        if (Failures.isError(tree)) {
            throw answer.reported(data, phase());
        }
        String type = Json.string(tree, "type");
        JsonNode delta = tree.path("delta");
        JsonNode message = delta.path("message");
        return switch (type == null ? String.valueOf(event.type()) : type) {
            case "message-start" -> begin(tree);
            case "content-start", "content-delta" -> {
                kept.probabilities(tree.path(KeptFields.PROBABILITIES));
                yield words(index(tree), message.path("content"));
            }
            case "tool-plan-delta" -> plan(Json.text(message, KeptFields.PLAN));
            case "tool-call-start" -> call(index(tree), message.path("tool_calls"));
            case "tool-call-delta" -> arguments(index(tree), message.path("tool_calls"));
            case "tool-call-end" -> rest(calls.get(index(tree)));
            case "citation-start" -> cite(message.path(KeptFields.CITATIONS));
            case "message-end" -> finish(delta);
            default -> List.of();
        };
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public List<CompletionChunk> end() {
        if (ended) {
            return List.of();
        }
        throw answer.incomplete(phase(), "the stream ended without message-end");
    }

    private List<CompletionChunk> begin(JsonNode tree) {
        news.identify(Json.string(tree, "id"), answer.model());
        return List.of();
    }

    private List<CompletionChunk> words(int index, JsonNode content) {
        String words = kept.block(index, content);
        if (words.isEmpty()) {
            return List.of();
        }
        return told(kept.isText() ? CompletionChunk.text(words) : CompletionChunk.reasoning(words));
    }

    private List<CompletionChunk> plan(String words) {
        kept.plan(words);
        return words.isEmpty() ? List.of() : told(CompletionChunk.reasoning(words));
    }

    private List<CompletionChunk> call(int index, JsonNode start) {
        // Where the call before it at this index was not ended.
        List<CompletionChunk> chunks = new ArrayList<>(rest(calls.get(index)));
        StreamedCall call = new StreamedCall(begun++);
        calls.put(index, call);
        chunks.addAll(told(new ToolCallDelta(
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
        return more.isEmpty() ? List.of() : told(new ToolCallDelta(call.index(), null, null, more));
    }

    private List<CompletionChunk> cite(JsonNode citations) {
        kept.citations(citations);
        return List.of();
    }

    private List<CompletionChunk> finish(JsonNode delta) {
        String reason = Json.text(delta, "finish_reason");
        if (FinishReasons.isFailure(reason)) {
            throw Failures.ended(answer, delta, reason, phase());
        }
        // A call that the token limit cut has no end of its own.
        List<CompletionChunk> chunks = new ArrayList<>();
        calls.values().forEach(call -> chunks.addAll(rest(call)));
        FinishReason finish = FinishReasons.of(reason);
        if (!answers && !FinishReasons.explainsEmptiness(finish)) {
            endWithoutAnswer(finish);
        }
        ended = true;
        news.usage(UsageReader.of(delta.path("usage")));
        news.finish(finish, reason.isEmpty() ? null : reason);
        kept.billed(delta.path("usage"));
        ChunkInfo info = news.next(false, true);
        chunks.add(new CompletionChunk("", "", "", List.of(), info, kept.extra()));
        return chunks;
    }

    private List<CompletionChunk> told(ToolCallDelta delta) {
        return told(new CompletionChunk("", "", "", List.of(delta), null, Map.of()));
    }

    private List<CompletionChunk> told(CompletionChunk chunk) {
        answers |= chunk.reasoning().isEmpty();
        return List.of(chunk.info(news.next(true, false)));
    }

    private void endWithoutAnswer(FinishReason finish) {
        if (!news.content()) {
            throw answer.empty();
        }
        if (finish == FinishReason.STOP) {
            throw answer.reasoningOnly();
        }
    }

    private Phase phase() {
        return news.content() ? Phase.STREAM : Phase.BODY;
    }

    private static int index(JsonNode tree) {
        Long index = Json.whole(tree, "index");
        return index == null ? 0 : (int) Math.max(0, Math.min(index, Integer.MAX_VALUE));
    }
}
