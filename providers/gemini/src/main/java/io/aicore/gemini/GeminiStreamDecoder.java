package io.aicore.gemini;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonStreamDecoder;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one stream: each event is a whole answer with the next parts. There is no last event. The connection's end is
 * the stream's, and it is complete if a finish reason was seen before; some models send one with every event, so none
 * of them ends it. Finish reason, usage and what must be sent back are therefore emitted at the end.
 */
final class GeminiStreamDecoder extends JsonStreamDecoder {

    private final PartReader reader;
    private final Beside beside = new Beside();
    private final PartsEvent text = PartsEvent.ofText();
    private final PartsEvent parts = PartsEvent.ofParts();
    private @Nullable String finish;
    private @Nullable String continuation;
    private int reasons;
    private boolean reasonInLast;

    GeminiStreamDecoder(JsonAnswer answer) {
        super(answer);
        this.reader = new PartReader(answer);
    }

    @Override
    protected boolean isError(WireEvent event, JsonFields tree) {
        return AnswerDecoder.isError(tree);
    }

    @Override
    protected boolean mayEnd() {
        return finish != null;
    }

    /**
     * A finish reason came once, and nothing of the answer after it. Where every event has one it is no end, and a
     * connection that broke may have broken off the answer.
     */
    @Override
    public boolean whole() {
        return ended() || (reasons == 1 && reasonInLast);
    }

    @Override
    public List<CompletionChunk> end() {
        if (!ended() && !mayEnd()) {
            throw Failures.named(
                    answer().incomplete(phase(), missing()), metadata().id());
        }
        return super.end();
    }

    @Override
    protected String missing() {
        return "the stream ended without a finish reason or a block reason";
    }

    @Override
    protected List<CompletionChunk> close() {
        FinishReason reason = FinishReasons.of(finish, reader.calls() > 0);
        reader.end(reason);
        boolean fine = answered() || reader.hasOthers() || reason.allowsEmpty();
        if (!fine && !metadata().content()) {
            throw Failures.empty(answer(), reason, finish, metadata().id());
        }
        if (!fine && reason == FinishReason.STOP) {
            throw Failures.named(answer().reasoningOnly(), metadata().id());
        }
        metadata().finish(reason, finish);
        return emit(CompletionChunk.text("").extra(AnswerDecoder.extra(reader, beside, continuation)), true);
    }

    @Override
    protected @Nullable List<CompletionChunk> frequent(WireEvent event) {
        PartsEvent read = text.fits(event) ? text : parts;
        if (read == parts && !parts.fits(event)) {
            return null;
        }
        metadata().identify(read.id(), read.model());
        metadata().usage(read.usage());
        read.addTo(beside);
        String word = finished(read.finishReason());
        int before = reader.calls();
        return emit(word, read.read(reader, metadata().id()), before);
    }

    @Override
    protected List<CompletionChunk> next(WireEvent event, JsonFields tree) {
        String id = tree.string("responseId");
        metadata().identify(id, tree.string("modelVersion"));
        String blocked = Failures.blockReason(tree);
        if (blocked != null) {
            throw Failures.blocked(answer(), tree, blocked, phase());
        }
        // Cumulative: the last one counts.
        metadata().usage(UsageReader.of(tree));
        JsonFields candidate = AnswerDecoder.candidate(tree);
        beside.add(tree, candidate);
        String word = finished(candidate.string("finishReason"));
        String token = AnswerDecoder.continuation(candidate);
        continuation = token == null ? continuation : token;
        int before = reader.calls();
        return emit(word, reader.read(candidate.at("content"), metadata().id()), before);
    }

    /** The finish reason in this event; null without one. */
    private @Nullable String finished(@Nullable String reason) {
        String word = FinishReasons.word(reason);
        finish = word == null ? finish : word;
        reasons += word == null ? 0 : 1;
        return word;
    }

    private List<CompletionChunk> emit(@Nullable String word, PartReader.Pieces pieces, int before) {
        reasonInLast = word != null || (reasonInLast && pieces.isEmpty());
        return emit(new CompletionChunk(
                pieces.text(), pieces.reasoning(), "", deltas(pieces.calls(), before), null, Map.of()));
    }

    private static List<ToolCallDelta> deltas(List<ToolCall> calls, int first) {
        if (calls.isEmpty()) {
            return List.of();
        }
        List<ToolCallDelta> deltas = new ArrayList<>();
        for (ToolCall call : calls) {
            deltas.add(new ToolCallDelta(first + deltas.size(), call.id(), call.name(), call.arguments()));
        }
        return deltas;
    }
}
