package io.aicore.gemini;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.Phase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one plain answer. */
record AnswerDecoder(JsonAnswer answer) {

    private static final String CONTINUATION = "continuationToken";

    /** What an answer says of itself, beside its parts. */
    private record Told(
            @Nullable String id,
            @Nullable String model,
            @Nullable String reason,
            @Nullable Usage usage,
            Beside beside,
            @Nullable String continuation) {}

    Completion decode() {
        PartsEvent text = PartsEvent.ofText();
        if (text.fits(answer)) {
            return completion(text);
        }
        PartsEvent parts = PartsEvent.ofParts();
        return parts.fits(answer) ? completion(parts) : readTree();
    }

    private Completion completion(PartsEvent read) {
        Beside beside = new Beside();
        read.addTo(beside);
        PartReader reader = new PartReader(answer);
        PartReader.Pieces pieces = read.read(reader, read.id());
        return completion(
                reader, pieces, new Told(read.id(), read.model(), read.finishReason(), read.usage(), beside, null));
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
        Beside beside = new Beside();
        beside.add(tree, candidate);
        Told told = new Told(
                tree.string("responseId"),
                tree.string("modelVersion"),
                candidate.string("finishReason"),
                UsageReader.of(tree),
                beside,
                continuation(candidate));
        PartReader reader = new PartReader(answer);
        return completion(reader, reader.read(candidate.at("content"), told.id()), told);
    }

    private Completion completion(PartReader reader, PartReader.Pieces pieces, Told told) {
        String word = FinishReasons.word(told.reason());
        FinishReason finish = FinishReasons.of(word, reader.calls() > 0);
        reader.end(finish);
        boolean fine = reader.hasOthers() || finish.allowsEmpty();
        if (pieces.isEmpty() && !fine) {
            throw Failures.empty(answer, finish, word, told.id());
        }
        Completion completion = new Completion(
                told.id() == null ? "" : told.id(),
                told.model() == null ? "" : told.model(),
                new Completion.Output(
                        pieces.text(),
                        pieces.calls(),
                        pieces.reasoning(),
                        null,
                        extra(reader, told.beside(), told.continuation())),
                new Completion.Finish(finish, word),
                told.usage(),
                null);
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
