package io.aicore.gemini;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Failures under a status that says success. Google's id of a request stands in the body alone. */
record Failures(ErrorClassifier errors, @Nullable String model, WireResponse head) {

    private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9_]{0,59}");
    private static final Pattern ID = Pattern.compile("[\\w.-]{1,80}");

    /** The JSON of a whole answer that is no error. */
    JsonNode tree() {
        JsonNode tree;
        try {
            tree = Json.read(head.body());
        } catch (MalformedJsonException e) {
            throw malformed("not_json", "the answer is " + e.getMessage());
        }
        if (!tree.isContainer()) {
            throw malformed("not_json", tree.isMissingNode() ? "the answer has no body" : "the answer is no object");
        }
        if (isError(tree)) {
            throw reported(head.text(), Phase.BODY);
        }
        return tree;
    }

    /** Whether this is an error instead of an answer; before a stream it may come as an array of one. */
    static boolean isError(JsonNode tree) {
        JsonNode error = (tree.isArray() ? tree.path(0) : tree).path("error");
        return error.isContainer()
                ? !error.isEmpty()
                : error.isString() && !error.stringValue().isBlank();
    }

    /** Why the prompt was blocked; null if it was not. */
    static @Nullable String blockReason(JsonNode tree) {
        String reason = Json.string(tree, "promptFeedback", "blockReason");
        return reason == null || reason.isEmpty() || reason.endsWith("_UNSPECIFIED") ? null : reason;
    }

    /** The error in this answer or event, as if it had come with the status it names. */
    LlmException reported(String data, Phase phase) {
        return errors.inStream(model, head, data, phase);
    }

    /** The prompt was refused: there are no candidates, and will be none. */
    LlmException blocked(JsonNode tree, String reason, Phase phase) {
        LlmException failure = errors.inStream(model, head, Json.write(tree.path("promptFeedback")), phase);
        String code = WORD.matcher(reason).matches() ? reason : failure.code();
        return named(failure, code, Json.string(tree, "responseId"));
    }

    /** An answer with nothing in it, which this finish reason does not explain. */
    LlmException empty(FinishReason finish, @Nullable String word, @Nullable String id) {
        LlmException failure = errors.empty(model, head);
        if (finish == FinishReason.STOP || word == null || !WORD.matcher(word).matches()) {
            return named(failure, failure.code(), id);
        }
        ErrorDetails details = failure.details();
        return named(
                LlmException.of(new ErrorDetails(
                        details.provider(),
                        details.model(),
                        details.category(),
                        details.retryable(),
                        details.status(),
                        details.code(),
                        details.requestId(),
                        details.retryAfter(),
                        details.phase(),
                        details.why() + ": it ended with finish reason " + word,
                        details.providerMessage())),
                details.code(),
                id);
    }

    /** This answer of words and calls, if it is one; else throws why not. */
    Completion answered(Completion answer) {
        return errors.answered(model, head, answer);
    }

    /** A stream that ended with thoughts alone. */
    LlmException reasoningOnly(@Nullable String id) {
        LlmException failure = errors.reasoningOnly(model, head);
        return named(failure, failure.code(), id);
    }

    /** A stream that broke off. */
    LlmException incomplete(Phase phase, @Nullable String id) {
        LlmException failure =
                errors.incomplete(model, head, phase, "the stream ended without a finish reason or a block reason");
        return named(failure, failure.code(), id);
    }

    /** What an event means that is not JSON. */
    LlmException unreadable(WireEvent event, MalformedJsonException why, Phase phase) {
        return errors.unreadable(model, head, event, why, phase);
    }

    /** A success that nobody can read. */
    LlmException malformed(String code, String why) {
        return errors.malformed(model, head, code, why);
    }

    /** A success that can be read and does not fit what was asked: asked once. */
    LlmException unfit(String code, String why) {
        return errors.unfit(model, head, code, why);
    }

    private static LlmException named(LlmException failure, @Nullable String code, @Nullable String id) {
        ErrorDetails details = failure.details();
        boolean known =
                details.requestId() != null || id == null || !ID.matcher(id).matches();
        return failure.details(details.response(details.status(), code, known ? details.requestId() : id));
    }
}
