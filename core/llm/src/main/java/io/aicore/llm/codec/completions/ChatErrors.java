package io.aicore.llm.codec.completions;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;

/** Distinguishes errors from answers in 2xx responses. */
public final class ChatErrors {

    // NVIDIA: the request waits for a worker, and its answer would be found elsewhere later.
    private static final int ACCEPTED = 202;

    private ChatErrors() {}

    /** Whether this response, or the stream with this head, is not ready yet. */
    public static boolean isAwaited(JsonAnswer answer) {
        return answer.response().status() == ACCEPTED;
    }

    /**
     * The JSON of a plain response, which may be an error.
     *
     * @throws LlmException if it is not JSON, or not ready yet
     */
    public static JsonFields tree(JsonAnswer answer) {
        if (isAwaited(answer)) {
            throw answer.reported(answer.response().text(), Phase.BODY);
        }
        return answer.single();
    }

    /**
     * Whether this is an error: an {@code error} that is not empty (OpenAI's object, a string, xAI's
     * {@code {code, error}}), also beside choices; or a message in place of choices.
     */
    public static boolean in(JsonFields tree) {
        if (tree.isArray()) {
            return in(tree.at(0));
        }
        JsonFields error = tree.at("error");
        if (JsonAnswer.hasError(tree) || error.isTrue()) {
            return true;
        }
        String object = tree.string("object");
        String type = tree.string("type");
        if ("error".equalsIgnoreCase(object) || "error".equalsIgnoreCase(type)) {
            return true;
        }
        return tree.isObject()
                && tree.at("choices").isEmpty()
                && !tree.at("usage").isObject()
                && ErrorClassifier.complains(tree);
    }
}
