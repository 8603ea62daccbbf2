package io.aicore.mistral;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.StreamNews;
import io.aicore.llm.codec.ToolCallFragments;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads one stream. */
final class MistralStreamDecoder implements StreamDecoder {

    private final JsonAnswer answer;

    private final ToolCallFragments tools = new ToolCallFragments();
    private final KeptChunks kept = new KeptChunks();
    private final StreamNews news = new StreamNews();
    private boolean answers;
    private boolean ended;

    MistralStreamDecoder(JsonAnswer answer) {
        this.answer = answer;
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
            throw ErrorsInside.failure(answer, tree, phase());
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
        if (news.finish() != null) {
            return close();
        }
        throw answer.incomplete(phase(), "the stream ended without a finish reason and without [DONE]");
    }

    private List<CompletionChunk> chunk(JsonNode tree) {
        news.identify(Json.string(tree, "id"), Json.string(tree, "model"));
        news.usage(UsageReader.of(tree));
        JsonNode choice = ChatJson.firstChoice(tree);
        String reason = Json.text(choice, "finish_reason");
        if (reason.equals(FinishReasons.ERROR)) {
            throw answer.failedFinish(ErrorCategory.SERVER_ERROR, reason, phase());
        }
        JsonNode content = choice.path("delta").path("content");
        Words words = Words.of(content);
        kept.add(content);
        List<ToolCallDelta> calls = new ArrayList<>(tools.of(choice.path("delta")));
        // The last chunk may have all of it: content, reason and usage.
        boolean finishes = !reason.isEmpty() && news.finish() == null;
        if (finishes) {
            calls.addAll(tools.rest());
        }
        boolean hasContent = !words.text().isEmpty() || !words.reasoning().isEmpty() || !calls.isEmpty();
        answers |= !words.text().isEmpty() || !calls.isEmpty();
        if (finishes) {
            news.finish(FinishReasons.of(reason, tools.any()), reason);
        }
        ChunkInfo info = news.next(hasContent, news.finish() != null);
        if (!hasContent && info == null) {
            return List.of();
        }
        return List.of(new CompletionChunk(
                words.text(), words.reasoning(), "", calls, info, finishes ? kept.extra() : Map.of()));
    }

    private List<CompletionChunk> close() {
        FinishReason finish = news.finish();
        FinishReason known = finish == null ? FinishReasons.of(null, tools.any()) : finish;
        if (!answers && !kept.hasOthers() && !FinishReasons.explainsEmptiness(known)) {
            endWithoutAnswer(known);
        }
        ended = true;
        List<ToolCallDelta> calls = tools.rest();
        ChunkInfo info = news.next(!calls.isEmpty(), true);
        return info == null && calls.isEmpty()
                ? List.of()
                : List.of(new CompletionChunk("", "", "", calls, info, Map.of()));
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
