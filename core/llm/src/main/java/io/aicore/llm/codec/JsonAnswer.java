package io.aicore.llm.codec;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An answer that must be JSON, whole or as the events of a stream: reads it, and names its failures.
 *
 * @param model the model that was asked
 * @param response the whole answer, or the head of a stream
 */
public record JsonAnswer(ErrorClassifier errors, @Nullable String model, WireResponse response) {

    /**
     * The body as an object or an array.
     *
     * @throws LlmException if it is nothing of the kind, or cut
     */
    public JsonNode tree() {
        JsonNode tree;
        try {
            tree = Json.read(response.body());
        } catch (MalformedJsonException e) {
            throw malformed("not_json", "the answer is " + e.getMessage());
        }
        if (!tree.isContainer()) {
            throw malformed("not_json", tree.isMissingNode() ? "the answer has no body" : "the answer is no object");
        }
        return tree;
    }

    /**
     * The body as an object or an array.
     *
     * @param isError whether it is an error in the place of an answer
     * @throws LlmException if it is; or if the body is not JSON, or cut
     */
    public JsonNode tree(Predicate<JsonNode> isError) {
        JsonNode tree = tree();
        if (isError.test(tree)) {
            throw reported(response.text(), Phase.BODY);
        }
        return tree;
    }

    /** Whether there is an {@code error} that says something: an object or a text, as most protocols and gateways have it. */
    public static boolean hasError(JsonNode tree) {
        JsonNode error = tree.path("error");
        return error.isContainer()
                ? !error.isEmpty()
                : error.isString() && !error.stringValue().isBlank();
    }

    /** The same answer, gone on with in a response with this head. */
    public JsonAnswer response(WireResponse head) {
        return new JsonAnswer(errors, model, head);
    }

    /** What an event means that is not JSON. */
    public LlmException unreadable(WireEvent event, MalformedJsonException why, Phase phase) {
        return errors.unreadable(model, response, event, why, phase);
    }

    /** The error in this body or event, as if it had come with the status it stands for. */
    public LlmException reported(String data, Phase phase) {
        return errors.inStream(model, response, data, phase);
    }

    /** A finish reason that stands for a failure of the provider. */
    public LlmException failedFinish(ErrorCategory category, String reason, Phase phase) {
        return errors.failedFinish(model, response, category, reason, phase);
    }

    /** A success that nobody can read. */
    public LlmException malformed(String code, String why) {
        return errors.malformed(model, response, code, why);
    }

    /** A success that can be read and does not fit what was asked: asked once. */
    public LlmException unfit(String code, String why) {
        return errors.unfit(model, response, code, why);
    }

    /** A success without content. */
    public LlmException empty() {
        return errors.empty(model, response);
    }

    /** A stream that ended with reasoning alone. */
    public LlmException reasoningOnly() {
        return errors.reasoningOnly(model, response);
    }

    /** This answer of words and calls, if it is one; else throws why not. */
    public Completion answered(Completion answer) {
        return errors.answered(model, response, answer);
    }

    /** A stream that ended before its protocol's last event. */
    public LlmException incomplete(Phase phase, String why) {
        return errors.incomplete(model, response, phase, why);
    }
}
