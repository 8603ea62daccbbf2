package io.aicore.llm.codec;

import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one kind of request goes, and how its failures are classified: what each codec of a JSON protocol is made from.
 *
 * @param path appended to the base URL; {@code {model}} in it stands for the request's model
 * @param requests writes them, the key's header among theirs
 */
public record JsonEndpoint(ErrorClassifier errors, String path, JsonRequests requests) {

    /** Stands in a path for the model of the request. */
    public static final String MODEL = "{model}";

    /**
     * An endpoint whose failures are classified as everywhere.
     *
     * @param provider its configured name
     * @param headers sent with every request, the key's among them
     */
    public static JsonEndpoint of(String provider, String path, Map<String, String> headers) {
        return of(new ErrorClassifier(provider), path, headers);
    }

    /** An endpoint of the provider whose failures these are. */
    public static JsonEndpoint of(ErrorClassifier errors, String path, Map<String, String> headers) {
        return new JsonEndpoint(errors, path, new JsonRequests(errors.provider(), headers));
    }

    /** The same, elsewhere. */
    public JsonEndpoint path(String path) {
        return new JsonEndpoint(errors, path, requests);
    }

    /** The same, whose failures are classified by this. */
    public JsonEndpoint errors(ErrorClassifier errors) {
        return new JsonEndpoint(errors, path, requests);
    }

    /** A request with this body, for an answer as JSON or as server-sent events. */
    public WireRequest post(@Nullable String model, boolean stream, Supplier<Map<String, Object>> body) {
        return post(model, JsonRequests.accept(stream), body);
    }

    /** A request with this body, for an answer of this content type. */
    public WireRequest post(@Nullable String model, String accept, Supplier<Map<String, Object>> body) {
        String address = path.replace(MODEL, WireRequest.segment(model == null ? "" : model));
        return requests.post(address, model, accept, body);
    }

    /** A request for what was made here and has this id. */
    public WireRequest get(String id, boolean stream, String query) {
        int mark = path.indexOf('?');
        String made = (mark < 0 ? path : path.substring(0, mark)) + "/" + WireRequest.segment(id);
        String all = (mark < 0 ? "" : path.substring(mark + 1)) + (mark < 0 || query.isEmpty() ? "" : "&") + query;
        return requests.get(all.isEmpty() ? made : made + "?" + all, stream);
    }

    /** A response to such a request: an answer, or the head of a stream. */
    public JsonAnswer answer(@Nullable String model, WireResponse response) {
        return new JsonAnswer(errors, model, response);
    }

    /** Without the headers, of which one is the key. */
    @Override
    public String toString() {
        return errors.provider() + ", " + path;
    }
}
