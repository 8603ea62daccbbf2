package io.aicore.gemini;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one plain answer. */
record AnswerDecoder(JsonAnswer answer) {

    private static final String CONTINUATION = "continuationToken";

    Completion decode() {
        TextEvent plain = new TextEvent();
        return plain.fits(answer) ? completion(plain) : readTree();
    }

    private static Completion completion(TextEvent plain) {
        String word = FinishReasons.word(plain.finishReason());
        Beside beside = new Beside();
        plain.addTo(beside);
        return new Completion(
                plain.id() == null ? "" : plain.id(),
                plain.model() == null ? "" : plain.model(),
                new Completion.Output(plain.text(), List.of(), null, null, beside.extra()),
                new Completion.Finish(FinishReasons.of(word, false), word),
                plain.usage(),
                null);
    }

    private Completion readTree() {
        JsonFields tree = answer.single(AnswerDecoder::isError);
        String blocked = Failures.blockReason(tree);
        if (blocked != null) {
            throw Failures.blocked(answer, tree, blocked, Phase.BODY);
        }
        if (!isAnswer(tree)) {
            throw answer.malformed("no_candidates", "the answer has no candidates");
        }
        JsonFields candidate = candidate(tree);
        String id = tree.string("responseId");
        PartReader reader = new PartReader(answer);
        PartReader.Pieces pieces = reader.read(candidate.at("content"), id);
        String word = FinishReasons.word(candidate.string("finishReason"));
        FinishReason finish = FinishReasons.of(word, reader.calls() > 0);
        reader.end(finish);
        boolean fine = reader.hasOthers() || finish.allowsEmpty();
        if (pieces.isEmpty() && !fine) {
            throw Failures.empty(answer, finish, word, id);
        }
        Beside beside = new Beside();
        beside.add(tree, candidate);
        Completion completion = Completion.of(pieces.text())
                .id(id == null ? "" : id)
                .model(tree.text("modelVersion"))
                .toolCalls(pieces.calls())
                .reasoning(pieces.reasoning())
                .finish(finish, word)
                .usage(UsageReader.of(tree))
                .extra(extra(reader, beside, continuation(candidate)));
        return fine ? completion : answer.answered(completion);
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

    static @Nullable String continuation(JsonFields candidate) {
        return candidate.string(CONTINUATION);
    }

    /** The candidate with index 0, which Vertex does not say: others are kept beside it. */
    static JsonFields candidate(JsonFields tree) {
        return ChatJson.first(tree.at("candidates"));
    }

    /** Whether this is an error, or a gateway's complaint in the place of an answer. */
    static boolean isError(JsonFields tree) {
        return Failures.isError(tree) || (!isAnswer(tree) && ErrorClassifier.complains(tree));
    }

    /** An answer without candidates is an empty one; anything else without them is no answer. */
    static boolean isAnswer(JsonFields tree) {
        return tree.isObject()
                && (tree.has("candidates")
                        || tree.has("usageMetadata")
                        || tree.has("responseId")
                        || tree.has("promptFeedback"));
    }
}
