package io.aicore.gemini;

import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Failures under a status that says success. Google's id of a request stands in the body alone. */
final class Failures {

    private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9_]{0,59}");
    private static final Pattern ID = Pattern.compile("[\\w.-]{1,80}");

    private Failures() {}

    /** Whether this is an error instead of an answer; before a stream it may come as an array of one. */
    static boolean isError(JsonFields tree) {
        return JsonAnswer.hasError(tree.isArray() ? tree.at(0) : tree);
    }

    /** Why the prompt was blocked; null if it was not. */
    static @Nullable String blockReason(JsonFields tree) {
        String reason = tree.string("promptFeedback", "blockReason");
        return reason == null || reason.isEmpty() || reason.endsWith("_UNSPECIFIED") ? null : reason;
    }

    /** The prompt was refused: there are no candidates, and will be none. */
    static LlmException blocked(JsonAnswer answer, JsonFields tree, String reason, Phase phase) {
        LlmException failure = answer.reported(tree.at("promptFeedback").raw(), phase);
        String code = WORD.matcher(reason).matches() ? reason : failure.code();
        return named(failure, code, tree.string("responseId"));
    }

    /** An answer with nothing in it, which this finish reason does not explain. */
    static LlmException empty(JsonAnswer answer, FinishReason finish, @Nullable String word, @Nullable String id) {
        LlmException failure = answer.empty();
        if (finish == FinishReason.STOP || word == null || !WORD.matcher(word).matches()) {
            return named(failure, id);
        }
        ErrorDetails details = failure.details();
        return named(failure.details(details.why(details.why() + ": it ended with finish reason " + word)), id);
    }

    /** The same failure, of the request with this id. */
    static LlmException named(LlmException failure, @Nullable String id) {
        return named(failure, failure.code(), id);
    }

    private static LlmException named(LlmException failure, @Nullable String code, @Nullable String id) {
        ErrorDetails details = failure.details();
        boolean known =
                details.requestId() != null || id == null || !ID.matcher(id).matches();
        return failure.details(details.response(details.status(), code, known ? details.requestId() : id));
    }
}
