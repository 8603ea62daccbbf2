package io.aicore.gemini;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one stream: each event is a whole answer with the next parts. There is no last event. The connection's end is the
 * stream's, and it is whole if a finish reason was seen before; some models have one on every event, so none of them ends
 * it. Why it ended, the usage and what belongs back into the conversation are therefore told at the end.
 */
final class GeminiStreamDecoder implements StreamDecoder {

    private final Failures failures;
    private final PartReader reader;
    private final Beside beside = new Beside();
    private @Nullable String id;
    private @Nullable String servedBy;
    private @Nullable String finish;
    private @Nullable String continuation;
    private @Nullable Usage usage;
    private int reasons;
    private boolean reasonInLast;
    private boolean introduced;
    private boolean content;
    private boolean answers;
    private boolean ended;

    GeminiStreamDecoder(Failures failures) {
        this.failures = failures;
        this.reader = new PartReader(failures);
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        String data = event.data().strip();
        if (ended || data.isEmpty()) {
            return List.of();
        }
        if (event.isDone()) {
            // Gateways write it, here as elsewhere.
            return finish == null ? List.of() : end();
        }
        JsonNode tree;
        try {
            tree = Json.read(data);
        } catch (MalformedJsonException e) {
            throw failures.unreadable(event, e, phase());
        }
        boolean complaint = !AnswerDecoder.isAnswer(tree) && ErrorClassifier.complains(tree);
        if ("error".equals(event.type()) || Failures.isError(tree) || complaint) {
            throw failures.reported(data, phase());
        }
        id = id == null ? Json.string(tree, "responseId") : id;
        String blocked = Failures.blockReason(tree);
        if (blocked != null) {
            throw failures.blocked(tree, blocked, phase());
        }
        return chunk(tree);
    }

    @Override
    public boolean ended() {
        return ended;
    }

    /**
     * A finish reason came once, and nothing of the answer after it. Where every event has one it is no end, and a
     * connection that broke may have broken off the answer.
     */
    @Override
    public boolean whole() {
        return ended || (reasons == 1 && reasonInLast);
    }

    @Override
    public List<CompletionChunk> end() {
        if (ended) {
            return List.of();
        }
        if (finish == null) {
            throw failures.incomplete(phase(), id);
        }
        FinishReason reason = FinishReasons.of(finish, reader.calls() > 0);
        reader.end(reason);
        if (!content && !reader.hasOthers() && !FinishReasons.explainsEmptiness(reason)) {
            throw failures.empty(reason, finish, id);
        }
        if (!answers && !reader.hasOthers() && reason == FinishReason.STOP) {
            throw failures.reasoningOnly(id);
        }
        ended = true;
        ChunkInfo info =
                new ChunkInfo(introduced ? null : id, introduced ? null : servedBy, reason, finish, usage, null);
        return List.of(
                new CompletionChunk("", "", "", List.of(), info, AnswerDecoder.extra(reader, beside, continuation)));
    }

    private List<CompletionChunk> chunk(JsonNode tree) {
        servedBy = servedBy == null ? Json.string(tree, "modelVersion") : servedBy;
        // Cumulative: the last that is told counts.
        Usage now = UsageReader.of(tree);
        usage = now == null || usage == null ? (now == null ? usage : now) : usage.updated(now);
        JsonNode candidate = AnswerDecoder.candidate(tree);
        beside.add(tree, candidate);
        String word = FinishReasons.word(Json.string(candidate, "finishReason"));
        finish = word == null ? finish : word;
        reasons += word == null ? 0 : 1;
        String token = AnswerDecoder.continuation(candidate);
        continuation = token == null ? continuation : token;
        int before = reader.calls();
        PartReader.Pieces pieces = reader.read(candidate.path("content"), id);
        reasonInLast = word != null || (reasonInLast && pieces.isEmpty());
        if (pieces.isEmpty()) {
            return List.of();
        }
        content = true;
        answers |= !pieces.text().isEmpty() || !pieces.calls().isEmpty();
        ChunkInfo info = introduced ? null : ChunkInfo.of(id, servedBy);
        introduced = true;
        return List.of(new CompletionChunk(
                pieces.text(), pieces.reasoning(), "", deltas(pieces.calls(), before), info, Map.of()));
    }

    private static List<ToolCallDelta> deltas(List<ToolCall> calls, int first) {
        List<ToolCallDelta> deltas = new ArrayList<>();
        for (ToolCall call : calls) {
            deltas.add(new ToolCallDelta(first + deltas.size(), call.id(), call.name(), call.arguments()));
        }
        return deltas;
    }

    private Phase phase() {
        return content ? Phase.STREAM : Phase.BODY;
    }
}
