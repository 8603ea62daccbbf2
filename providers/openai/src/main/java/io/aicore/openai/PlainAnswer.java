package io.aicore.openai;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One answer under a status that says success. */
record PlainAnswer(ErrorClassifier errors, @Nullable String model, WireResponse response) {

    // NVIDIA: the request waits for a worker, and its answer would be found elsewhere later.
    static final int ACCEPTED = 202;

    /** The JSON of it; throws what it is instead of an answer. */
    JsonNode tree() {
        JsonNode tree = json();
        if (ErrorsInside.in(tree)) {
            throw errors.response(model, response);
        }
        return tree;
    }

    /** The JSON of it, be it an error. */
    JsonNode json() {
        if (response.status() == ACCEPTED) {
            throw errors.response(model, response);
        }
        return new JsonAnswer(errors, model, response).tree();
    }

    /** A success that can be read and does not fit what was asked: asked once. */
    LlmException unfit(String code, String why) {
        return errors.unfit(model, response, code, why);
    }

    /** A success that nobody can read. */
    LlmException malformed(String code, String why) {
        return errors.malformed(model, response, code, why);
    }
}
