package io.aicore.gemini;

import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every request has around its body.
 *
 * @param path appended to the base URL, before {@code /models/…}
 * @param headers sent with every request, the key's among them: it is never part of an address
 */
record Envelope(ErrorClassifier errors, String path, Map<String, String> headers) {

    private static final String MODELS = "models/";
    private static final String TUNED = "tunedModels/";

    Envelope {
        headers = Map.copyOf(headers);
    }

    String provider() {
        return errors.provider();
    }

    /** A POST of this body to a method of this model. */
    WireRequest post(@Nullable String model, String method, String accept, Map<String, Object> body) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("content-type", "application/json");
        all.put("accept", accept);
        all.putAll(headers);
        String resource = resource(model);
        int name = resource.indexOf('/') + 1;
        String target = path + "/" + resource.substring(0, name) + encode(resource.substring(name)) + method;
        try {
            return WireRequest.post(target, all, Json.write(body));
        } catch (MalformedJsonException e) {
            String why = "the request cannot be written as JSON: look at its schemas and extra fields";
            throw RequestEncoder.invalid(provider(), model, why, e);
        }
    }

    /** Models are listed as {@code models/…}; with this prefix or without it, they are the same. */
    static String resource(@Nullable String model) {
        String name = model == null ? "" : model;
        return name.startsWith(MODELS) || name.startsWith(TUNED) ? name : MODELS + name;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
