package io.aicore.llm.codec.completions;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonStreamDecoder;
import io.aicore.llm.codec.ToolCallFragments;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes one stream. */
final class ChunkDecoder extends JsonStreamDecoder {

    private final ChatDialect dialect;
    private final ToolCallFragments tools = new ToolCallFragments();
    private final OtherFields others;
    private final PlainJson plain = PlainJson.ofChunks();
    private Map<String, Object> emitted = Map.of();
    private boolean refused;

    ChunkDecoder(JsonAnswer answer, ChatDialect dialect) {
        super(answer);
        this.dialect = dialect;
        this.others = dialect.otherFields();
    }

    @Override
    protected boolean isError(WireEvent event, JsonFields tree) {
        return ChatErrors.in(tree);
    }

    @Override
    protected LlmException failure(JsonFields tree, String data) {
        return dialect.failure(answer(), tree, data, phase());
    }

    @Override
    protected boolean mayEnd() {
        return metadata().finish() != null && !dialect.terminator();
    }

    /** Ends the answer, even without a finish reason. */
    @Override
    protected List<CompletionChunk> done() {
        return last(close());
    }

    @Override
    public List<CompletionChunk> end() {
        if (!ended() && ChatErrors.isAwaited(answer()) && metadata().finish() == null) {
            throw answer().reported("", phase());
        }
        return super.end();
    }

    @Override
    protected String missing() {
        return metadata().finish() == null
                ? "the stream ended without a finish reason and without [DONE]"
                : "the stream ended after its finish reason, but without [DONE], which the option terminator requires";
    }

    @Override
    protected @Nullable List<CompletionChunk> frequent(WireEvent event) {
        if (!plain.fits(event) || !others.addPlain(plain.content(), plain.tier())) {
            return null;
        }
        metadata().identify(plain.id(), plain.model());
        metadata().usage(plain.usage());
        String reason = plain.finishReason();
        String said = reason == null ? "" : reason;
        requireSuccess(said);
        tools.none();
        return emit(plain.words(), List.of(), said, false);
    }

    @Override
    protected List<CompletionChunk> next(WireEvent event, JsonFields tree) {
        // Azure's first chunk, about its filters, has both empty.
        metadata().identify(tree.string("id"), tree.string("model"));
        Usage usage = ChatUsage.of(tree);
        metadata().usage(usage);
        JsonFields choice = ChatJson.firstChoice(tree);
        if (choice.at("error").isObject()) {
            throw answer().reported(choice.at("error").raw(), phase());
        }
        String reason = choice.text("finish_reason");
        requireSuccess(reason);
        JsonFields delta = choice.at("delta").isObject() ? choice.at("delta") : choice.at("message");
        List<ToolCallDelta> calls = tools.of(delta);
        others.add(tree, choice, delta);
        boolean usageAlone = usage != null && !choice.isObject();
        return emit(Words.of(delta), calls, reason, usageAlone);
    }

    private void requireSuccess(String reason) {
        ErrorCategory failure = FinishWords.failure(reason);
        if (failure != null) {
            throw answer().failedFinish(failure, reason, phase());
        }
    }

    private List<CompletionChunk> emit(Words words, List<ToolCallDelta> calls, String reason, boolean usageAlone) {
        refused |= !words.refusal().isEmpty();
        // Hosts repeat the finish reason beside the usage: the first counts.
        boolean finishes = !reason.isEmpty() && metadata().finish() == null;
        List<ToolCallDelta> all = calls;
        if (finishes) {
            all = new ArrayList<>(calls);
            all.addAll(tools.rest());
            metadata().finish(finish(reason), reason);
        }
        CompletionChunk chunk = new CompletionChunk(
                words.text(), words.reasoning(), words.refusal(), all, null, finishes ? extra() : Map.of());
        return emit(chunk, usageAlone || metadata().finish() != null);
    }

    @Override
    protected List<CompletionChunk> close() {
        FinishReason finish = metadata().finish();
        requireAnswer(finish == null ? finish(null) : finish, others.isAnswer());
        // What came after the finish reason: the tier that served it, moderation.
        Map<String, Object> late = emitted.equals(others.extra()) ? Map.of() : extra();
        return emit(new CompletionChunk("", "", "", tools.rest(), null, late), true);
    }

    private FinishReason finish(@Nullable String reason) {
        return FinishWords.of(dialect, reason, tools.any(), refused);
    }

    private Map<String, Object> extra() {
        emitted = new LinkedHashMap<>(others.extra());
        return emitted;
    }
}
