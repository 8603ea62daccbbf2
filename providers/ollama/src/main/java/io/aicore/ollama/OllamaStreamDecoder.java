package io.aicore.ollama;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonStreamDecoder;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one stream. */
final class OllamaStreamDecoder extends JsonStreamDecoder {

    private final Beside beside = new Beside();
    private final TextLine line = TextLine.goingOn();
    private @Nullable LlmException unreadable;
    private int calls;

    OllamaStreamDecoder(JsonAnswer answer) {
        super(answer);
    }

    @Override
    protected boolean isError(WireEvent event, JsonFields tree) {
        return JsonAnswer.hasError(tree);
    }

    @Override
    protected String missing() {
        return "the stream ended without a line that says done";
    }

    /** Either not JSON, or truncated with the connection: decided by whether another line follows. */
    @Override
    protected List<CompletionChunk> unreadable(LlmException failure) {
        if (unreadable != null || !(failure instanceof MalformedResponseException)) {
            throw unreadable == null ? failure : unreadable;
        }
        unreadable = failure;
        return List.of();
    }

    @Override
    protected @Nullable List<CompletionChunk> frequent(WireEvent event) {
        if (unreadable != null || !line.fits(event)) {
            return null;
        }
        metadata().identify(null, line.model());
        return emit(new CompletionChunk(line.text(), line.thinking(), "", List.of(), null, Map.of()));
    }

    @Override
    protected List<CompletionChunk> next(WireEvent event, JsonFields tree) {
        if (unreadable != null) {
            throw unreadable;
        }
        Piece piece = new Piece(tree);
        List<ToolCallDelta> deltas = new ArrayList<>();
        for (ToolCall call : piece.calls(calls)) {
            deltas.add(new ToolCallDelta(calls++, call.id(), call.name(), call.arguments()));
        }
        CompletionChunk chunk = new CompletionChunk(piece.text(), piece.thinking(), "", deltas, null, Map.of());
        beside.add(piece);
        metadata().identify(null, piece.model());
        if (!piece.isLast()) {
            return emit(chunk);
        }
        FinishReason finish = piece.finish(calls > 0);
        metadata().finish(finish, piece.reason());
        metadata().usage(piece.usage());
        List<CompletionChunk> end = emit(chunk.extra(beside.extra()), true);
        requireAnswer(finish, beside.hasImages());
        return last(end);
    }
}
