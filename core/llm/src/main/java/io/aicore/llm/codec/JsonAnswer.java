package io.aicore.llm.codec;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.internal.FailureState;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON response, plain or streamed, and creates its failures.
 *
 * @param model the requested model
 * @param response the whole response, or the head of a stream
 */
public record JsonAnswer(ErrorClassifier errors, @Nullable String model, WireResponse response) {

    /**
     * The body as an object or an array.
     *
     * @throws LlmException if it is anything else, or truncated
     */
    public JsonFields tree() {
        JsonFields tree;
        try {
            tree = Json.read(response.body());
        } catch (MalformedJsonException e) {
            throw malformed("not_json", "the answer is " + e.getMessage());
        }
        if (!tree.isContainer()) {
            throw malformed("not_json", tree.isMissing() ? "the answer has no body" : "the answer is no object");
        }
        return tree;
    }

    /**
     * As {@link #tree()}; an object that is the only element of an array is returned without the array, as which some
     * gateways, and Gemini without {@code alt=sse}, send it.
     *
     * @throws LlmException if it is neither object nor array, or truncated
     */
    public JsonFields single() {
        JsonFields tree = tree();
        return tree.isArray() && tree.size() == 1 && tree.at(0).isObject() ? tree.at(0) : tree;
    }

    /**
     * As {@link #single()}.
     *
     * @param isError whether it is an error instead of an answer
     * @throws LlmException if it is an error, or if the body is not JSON or truncated
     */
    public JsonFields single(Predicate<JsonFields> isError) {
        return checked(single(), isError);
    }

    /**
     * The body as an object or an array.
     *
     * @param isError whether it is an error instead of an answer
     * @throws LlmException if it is an error, or if the body is not JSON or truncated
     */
    public JsonFields tree(Predicate<JsonFields> isError) {
        return checked(tree(), isError);
    }

    private JsonFields checked(JsonFields tree, Predicate<JsonFields> isError) {
        if (isError.test(tree)) {
            throw reported(response.text(), Phase.BODY);
        }
        return tree;
    }

    /** Whether there is a non-empty {@code error}, an object or a text, as most protocols and gateways report it. */
    public static boolean hasError(JsonFields tree) {
        JsonFields error = tree.at("error");
        return error.isContainer()
                ? !error.isEmpty()
                : error.isString() && !error.text().isBlank();
    }

    /**
     * Whether the body is one object of the shape that is read here; its values are read then. Otherwise
     * {@link #tree()} reads it, and throws for what is wrong.
     */
    public boolean fits(ShapedJson json) {
        return json.fits(response.body());
    }

    /** Returns a copy for a further response, with this head. */
    public JsonAnswer response(WireResponse head) {
        return new JsonAnswer(errors, model, head);
    }

    /** The failure of an event that is not JSON. */
    public LlmException unreadable(WireEvent event, MalformedJsonException why, Phase phase) {
        return errors.unreadable(model, response, event, why, phase);
    }

    /** The failure in this body or event, classified by the status it names. */
    public LlmException reported(String data, Phase phase) {
        return errors.inStream(model, response, data, phase);
    }

    /** The failure for a finish reason that means a failure of the provider. */
    public LlmException failedFinish(ErrorCategory category, String reason, Phase phase) {
        return errors.failedFinish(model, response, category, reason, phase);
    }

    /** The failure of a 2xx response that cannot be decoded. */
    public LlmException malformed(String code, String why) {
        return errors.malformed(model, response, code, why);
    }

    /** The failure of a 2xx response that is cut, with the part of the answer that it has. */
    public LlmException malformed(String code, String why, Completion partial) {
        return FailureState.partial(malformed(code, why), partial);
    }

    /** The failure of a 2xx response that does not match the request; not retried. */
    public LlmException unfit(String code, String why) {
        return errors.unfit(model, response, code, why);
    }

    /** The failure of a 2xx response without content. */
    public LlmException empty() {
        return errors.empty(model, response);
    }

    /** The failure of a stream with reasoning only. */
    public LlmException reasoningOnly() {
        return errors.reasoningOnly(model, response);
    }

    /**
     * Returns this answer if it has content.
     *
     * @throws LlmException if it has none
     */
    public Completion answered(Completion answer) {
        return errors.answered(model, response, answer);
    }

    /**
     * Returns this answer of a protocol whose answers are blocks, where none at all and a finish reason of
     * {@link FinishReason#STOP} mean that the model has nothing to say.
     *
     * @param thought whether there are blocks of reasoning, in words or encrypted
     * @param others whether there are blocks that are neither text, calls nor reasoning
     * @throws LlmException if it has no content, or reasoning only
     */
    public Completion answered(Completion answer, boolean thought, boolean others) {
        FinishReason finish = answer.finishReason();
        boolean words = !answer.text().isEmpty() || !answer.toolCalls().isEmpty();
        if (words || others || finish.allowsEmpty()) {
            return answer;
        }
        boolean stop = finish == FinishReason.STOP;
        if (thought && stop) {
            throw FailureState.partial(reasoningOnly(), answer);
        }
        if (!thought && !stop) {
            throw empty();
        }
        return answer;
    }

    /** The failure of a stream that ended before its protocol's last event. */
    public LlmException incomplete(Phase phase, String why) {
        return errors.incomplete(model, response, phase, why);
    }
}
