package io.aicore.openai;

import io.aicore.llm.codec.JsonRequests;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.WireRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one kind of request goes, and with what key.
 *
 * @param path appended to the base URL; {@code {model}} in it stands for the request's model
 * @param requests writes them, the key's header among theirs
 */
record Endpoint(ErrorClassifier errors, String path, JsonRequests requests) {

    /** Stands in a path for the model of the request. */
    static final String MODEL = "{model}";

    /**
     * @param provider its configured name
     * @param headers sent with every request, the key's among them
     */
    Endpoint(String provider, String path, Map<String, String> headers) {
        this(new ErrorClassifier(provider), path, new JsonRequests(provider, headers));
    }

    /** A request with this body, for an answer as a stream or as a whole. */
    WireRequest post(@Nullable String model, boolean stream, Supplier<Map<String, Object>> body) {
        String address = path.replace(MODEL, encoded(model == null ? "" : model));
        return requests.post(address, model, stream, body);
    }

    /** A request for what was made here and has this id. */
    WireRequest get(String id, boolean stream, String query) {
        int mark = path.indexOf('?');
        String made = (mark < 0 ? path : path.substring(0, mark)) + "/" + encoded(id);
        String all = (mark < 0 ? "" : path.substring(mark + 1)) + (mark < 0 || query.isEmpty() ? "" : "&") + query;
        return requests.get(all.isEmpty() ? made : made + "?" + all, stream);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "Endpoint[" + errors.provider() + ", " + path + "]";
    }
}
