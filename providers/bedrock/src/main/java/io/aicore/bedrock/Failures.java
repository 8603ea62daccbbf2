package io.aicore.bedrock;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures in AWS's format: the name of an exception and a message. */
final class Failures {

    private Failures() {}

    /** Any status but 2xx; the name is in a header, or in the body. */
    static LlmException response(ErrorClassifier errors, @Nullable String model, WireResponse response) {
        LlmException failure = errors.response(model, response);
        ErrorDetails details = failure.details();
        String name = response.headers()
                .first("x-amzn-errortype")
                .map(type -> type.replaceFirst(":.*", "").strip())
                .orElseGet(() -> nameInBody(response));
        return details.code() != null || name.isEmpty()
                ? failure
                : failure.details(details.response(details.status(), name, details.requestId()));
    }

    /** A failure within a stream or a success: the name, where it is known, is put where all hosts have it. */
    static LlmException named(JsonAnswer answer, String name, String data, Phase phase) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", name);
        JsonFields tree = read(data);
        if (tree.isObject()) {
            tree.members().forEach(body::putIfAbsent);
        } else {
            body.put("message", data);
        }
        return answer.reported(new String(Json.write(body), StandardCharsets.UTF_8), phase);
    }

    /** Whether this success is an error: {@code __type}, or a gateway's object under {@code error}. */
    static boolean inside(JsonFields tree) {
        return tree.string("__type") != null || JsonAnswer.hasError(tree);
    }

    private static String nameInBody(WireResponse response) {
        String type = read(response.text()).text("__type");
        return type.substring(type.lastIndexOf('#') + 1);
    }

    private static JsonFields read(String text) {
        try {
            return Json.read(text);
        } catch (MalformedJsonException e) {
            return Json.read("");
        }
    }
}
