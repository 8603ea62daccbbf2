package io.aicore.gemini;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.error.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one plain answer. */
record AnswerDecoder(Failures failures) {

    private static final String CONTINUATION = "continuationToken";

    Completion decode() {
        JsonNode tree = failures.tree();
        String blocked = Failures.blockReason(tree);
        if (blocked != null) {
            throw failures.blocked(tree, blocked, Phase.BODY);
        }
        if (!isAnswer(tree)) {
            if (ErrorClassifier.complains(tree)) {
                throw failures.reported(failures.head().text(), Phase.BODY);
            }
            throw failures.malformed("no_candidates", "the answer has no candidates");
        }
        JsonNode candidate = candidate(tree);
        String id = Json.string(tree, "responseId");
        PartReader reader = new PartReader(failures);
        PartReader.Pieces pieces = reader.read(candidate.path("content"), id);
        String word = FinishReasons.word(Json.string(candidate, "finishReason"));
        FinishReason finish = FinishReasons.of(word, reader.calls() > 0);
        reader.end(finish);
        boolean fine = reader.hasOthers() || FinishReasons.explainsEmptiness(finish);
        if (pieces.isEmpty() && !fine) {
            throw failures.empty(finish, word, id);
        }
        Beside beside = new Beside();
        beside.add(tree, candidate);
        Completion completion = new Completion(
                orEmpty(id),
                orEmpty(Json.string(tree, "modelVersion")),
                pieces.text(),
                pieces.calls(),
                pieces.reasoning().isEmpty() ? null : pieces.reasoning(),
                null,
                finish,
                word,
                UsageReader.of(tree),
                null,
                extra(reader, beside, continuation(candidate)));
        return fine ? completion : failures.answered(completion);
    }

    /** What belongs back into the conversation. The token of a paused answer goes into the next request's extra fields. */
    static Map<String, Object> extra(PartReader reader, Beside beside, @Nullable String continuation) {
        Map<String, Object> extra = new LinkedHashMap<>(beside.extra());
        extra.putAll(reader.extra());
        if (continuation != null) {
            extra.put(CONTINUATION, continuation);
        }
        return extra;
    }

    static @Nullable String continuation(JsonNode candidate) {
        return Json.string(candidate, CONTINUATION);
    }

    /** The candidate with index 0, which Vertex does not say: others are kept beside it. */
    static JsonNode candidate(JsonNode tree) {
        JsonNode candidates = tree.path("candidates");
        for (JsonNode candidate : candidates.isArray() ? candidates.values() : List.<JsonNode>of()) {
            Long index = Json.whole(candidate, "index");
            if (index == null || index == 0) {
                return candidate;
            }
        }
        return candidates.path(-1);
    }

    /** An answer without candidates is an empty one; anything else without them is no answer. */
    static boolean isAnswer(JsonNode tree) {
        return tree.isObject()
                && (tree.has("candidates")
                        || tree.has("usageMetadata")
                        || tree.has("responseId")
                        || tree.has("promptFeedback"));
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
