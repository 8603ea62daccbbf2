package io.aicore.ollama;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonRequests;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.Phase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What both protocols share: how requests are addressed, and errors inside what says success.
 *
 * @param prefix of every path
 * @param headers sent with every request, the key's among them
 */
record Endpoint(ErrorClassifier errors, String prefix, Map<String, String> headers) {

    Endpoint {
        headers = Map.copyOf(headers);
    }

    /** @param accept the answer's content type */
    WireRequest post(String path, @Nullable String model, String accept, Supplier<Map<String, Object>> body) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("accept", accept);
        return new JsonRequests(errors.provider(), all).post(prefix + path, model, false, body);
    }

    /** The whole answer; a failure if it is none, or an error. */
    JsonNode tree(JsonAnswer answer) {
        JsonNode tree = answer.tree();
        if (isError(tree)) {
            throw answer.reported(answer.response().text(), Phase.BODY);
        }
        return tree;
    }

    JsonAnswer answer(@Nullable String model, WireResponse response) {
        return new JsonAnswer(errors, model, response);
    }

    /** Whether this is an error: Ollama's own text, or a gateway's object. */
    static boolean isError(JsonNode tree) {
        JsonNode error = tree.path("error");
        return (error.isObject() && !error.isEmpty())
                || (error.isString() && !error.stringValue().isBlank());
    }

    /** Without the headers' values, of which one is the key. */
    @Override
    public String toString() {
        return errors.provider() + ", " + prefix;
    }
}
