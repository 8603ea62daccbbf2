package io.aicore.ollama;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one stream. */
final class OllamaStreamDecoder implements StreamDecoder {

    private final JsonAnswer answer;

    private @Nullable LlmException unreadable;
    private final Beside beside = new Beside();
    private int calls;
    private boolean answers;
    private boolean introduced;
    private boolean content;
    private boolean ended;

    /** @param answer with the stream's head */
    OllamaStreamDecoder(JsonAnswer answer) {
        this.answer = answer;
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        if (ended || event.isDone()) {
            return List.of();
        }
        if (unreadable != null) {
            throw unreadable;
        }
        JsonNode tree;
        try {
            tree = Json.read(event.data());
        } catch (MalformedJsonException e) {
            LlmException failure = answer.unreadable(event, e, phase());
            if (!(failure instanceof MalformedResponseException)) {
                throw failure;
            }
            // Either no JSON, or cut with the connection: what comes next tells, another line or the end.
            unreadable = failure;
            return List.of();
        }
        if ("error".equals(event.type()) || Endpoint.isError(tree)) {
            throw answer.reported(event.data(), phase());
        }
        return chunks(new Piece(tree));
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
        throw answer.incomplete(phase(), "the stream ended without a line that says done");
    }

    private List<CompletionChunk> chunks(Piece piece) {
        List<ToolCallDelta> deltas = new ArrayList<>();
        for (ToolCall call : piece.calls(calls)) {
            deltas.add(new ToolCallDelta(calls++, call.id(), call.name(), call.arguments()));
        }
        CompletionChunk chunk = new CompletionChunk(piece.text(), piece.thinking(), "", deltas, null, Map.of());
        content |= chunk.hasContent();
        answers |= !chunk.text().isEmpty() || !deltas.isEmpty();
        beside.add(piece);
        if (piece.isLast()) {
            return List.of(chunk.info(last(piece)).extra(beside.extra()));
        }
        return chunk.hasContent() ? List.of(chunk.info(first(piece))) : List.of();
    }

    /** The first chunk says who answers. */
    private @Nullable ChunkInfo first(Piece piece) {
        String name = introduced ? "" : piece.model();
        introduced |= !name.isEmpty();
        return name.isEmpty() ? null : new ChunkInfo(null, name, null, null, null, null);
    }

    private ChunkInfo last(Piece piece) {
        String reason = piece.reason();
        FinishReason finish = DoneReasons.of(reason, calls > 0);
        if (!content && !beside.hasImages() && finish != FinishReason.LENGTH) {
            throw answer.empty();
        }
        if (!answers && !beside.hasImages() && finish == FinishReason.STOP) {
            throw answer.reasoningOnly();
        }
        ended = true;
        ChunkInfo end = new ChunkInfo(null, null, finish, reason, piece.usage(), null);
        ChunkInfo both = ChunkInfo.merge(first(piece), end);
        return both == null ? end : both;
    }

    private Phase phase() {
        return content ? Phase.STREAM : Phase.BODY;
    }
}
