package io.aicore.openai;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.StreamNews;
import io.aicore.llm.codec.ToolCallFragments;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one stream. */
final class OpenAiStreamDecoder implements StreamDecoder {

    private final JsonAnswer answer;
    private final boolean terminator;

    private final ToolCallFragments tools = new ToolCallFragments();
    private final StreamNews news = new StreamNews();
    private final Beside beside = new Beside();
    private Map<String, Object> toldBeside = Map.of();
    private boolean answers;
    private boolean refused;
    private boolean ended;

    OpenAiStreamDecoder(ErrorClassifier errors, @Nullable String model, WireResponse head, boolean terminator) {
        this.answer = new JsonAnswer(errors, model, head);
        this.terminator = terminator;
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        String data = event.data().strip();
        if (ended || data.isEmpty()) {
            return List.of();
        }
        if (event.isDone()) {
            return close();
        }
        JsonNode tree = answer.event(event, phase());
        if (ErrorsInside.in(tree)) {
            throw answer.reported(data, phase());
        }
        return chunk(tree);
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
        if (news.finish() != null && !terminator) {
            return close();
        }
        if (answer.response().status() == PlainAnswer.ACCEPTED && news.finish() == null) {
            throw answer.reported("", phase());
        }
        String why = news.finish() == null
                ? "the stream ended without a finish reason and without [DONE]"
                : "the stream ended after its finish reason, but without [DONE], which the option terminator requires";
        throw answer.incomplete(phase(), why);
    }

    private List<CompletionChunk> chunk(JsonNode tree) {
        // Azure's first chunk, about its filters, has both empty.
        news.identify(Json.string(tree, "id"), Json.string(tree, "model"));
        Usage now = UsageReader.of(tree);
        news.usage(now);
        JsonNode choice = ChatJson.firstChoice(tree);
        JsonNode delta = choice.path("delta").isObject() ? choice.path("delta") : choice.path("message");
        if (choice.path("error").isObject()) {
            throw answer.reported(Json.write(choice.path("error")), phase());
        }
        String reason = Json.string(choice, "finish_reason");
        ErrorCategory failure = FinishReasons.failure(reason);
        if (failure != null) {
            throw answer.failedFinish(failure, Objects.requireNonNull(reason), phase());
        }
        Parts parts = Parts.of(delta);
        List<ToolCallDelta> calls = new ArrayList<>(tools.of(delta));
        beside.add(tree, choice, delta);
        refused |= !parts.refusal().isEmpty();
        boolean finishes = reason != null && !reason.isEmpty() && news.finish() == null;
        if (finishes) {
            calls.addAll(tools.rest());
        }
        boolean hasContent = !parts.text().isEmpty()
                || !parts.reasoning().isEmpty()
                || !parts.refusal().isEmpty()
                || !calls.isEmpty();
        answers |= hasContent && parts.reasoning().length() < size(parts, calls);
        // Hosts repeat the finish reason beside the usage: it is told once.
        if (finishes) {
            news.finish(FinishReasons.of(reason, tools.any(), refused), reason);
        }
        boolean usageAlone = now != null && !choice.isObject();
        ChunkInfo info = news.next(hasContent, usageAlone || news.finish() != null);
        if (!hasContent && info == null) {
            return List.of();
        }
        return List.of(new CompletionChunk(
                parts.text(), parts.reasoning(), parts.refusal(), calls, info, finishes ? extra() : Map.of()));
    }

    private static int size(Parts parts, List<ToolCallDelta> calls) {
        return parts.text().length()
                + parts.refusal().length()
                + parts.reasoning().length()
                + calls.size();
    }

    private Map<String, Object> extra() {
        toldBeside = beside.extra();
        return toldBeside;
    }

    private List<CompletionChunk> close() {
        FinishReason finish = news.finish();
        FinishReason known = finish == null ? FinishReasons.of(null, tools.any(), refused) : finish;
        if (!answers && !beside.hasMedia() && !FinishReasons.explainsEmptiness(known)) {
            endWithoutAnswer(known);
        }
        ended = true;
        List<ToolCallDelta> calls = tools.rest();
        ChunkInfo info = news.next(!calls.isEmpty(), true);
        // What came after the finish reason: the tier that served it, moderation.
        Map<String, Object> late = toldBeside.equals(beside.extra()) ? Map.of() : extra();
        return info == null && late.isEmpty() && calls.isEmpty()
                ? List.of()
                : List.of(new CompletionChunk("", "", "", calls, info, late));
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
}
