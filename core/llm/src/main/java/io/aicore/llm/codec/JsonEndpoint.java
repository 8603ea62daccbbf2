package io.aicore.llm.codec;

import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of one kind of request and the classification of its failures, from which codecs of JSON protocols are
 * created.
 *
 * @param path appended to the base URL; {@code {model}} in it is replaced by the request's model
 * @param requests creates the requests, including the header with the key
 */
public record JsonEndpoint(ErrorClassifier errors, String path, JsonRequests requests) {

    /** Placeholder for the request's model in a path. */
    public static final String MODEL = "{model}";

    /**
     * An endpoint with the default classification of failures.
     *
     * @param provider its configured name
     * @param headers sent with every request, including the key
     */
    public static JsonEndpoint of(String provider, String path, Map<String, String> headers) {
        return of(new ErrorClassifier(provider), path, headers);
    }

    /** An endpoint with this classification of failures. */
    public static JsonEndpoint of(ErrorClassifier errors, String path, Map<String, String> headers) {
        return new JsonEndpoint(errors, path, new JsonRequests(errors.provider(), headers));
    }

    /** Returns a copy with this path. */
    public JsonEndpoint path(String path) {
        return new JsonEndpoint(errors, path, requests);
    }

    /** Returns a copy with this classification of failures. */
    public JsonEndpoint errors(ErrorClassifier errors) {
        return new JsonEndpoint(errors, path, requests);
    }

    /** A request with this body that accepts JSON or server-sent events. */
    public WireRequest post(@Nullable String model, boolean stream, Supplier<Map<String, Object>> body) {
        return post(model, JsonRequests.accept(stream), body);
    }

    /** A request with this body that accepts this content type. */
    public WireRequest post(@Nullable String model, String accept, Supplier<Map<String, Object>> body) {
        String address =
                path.contains(MODEL) ? path.replace(MODEL, WireRequest.segment(model == null ? "" : model)) : path;
        return requests.post(address, model, accept, body);
    }

    /** A request for the result with this id that this endpoint created. */
    public WireRequest get(String id, boolean stream, String query) {
        int mark = path.indexOf('?');
        String made = (mark < 0 ? path : path.substring(0, mark)) + "/" + WireRequest.segment(id);
        String all = (mark < 0 ? "" : path.substring(mark + 1)) + (mark < 0 || query.isEmpty() ? "" : "&") + query;
        return requests.get(all.isEmpty() ? made : made + "?" + all, stream);
    }

    /** Wraps a response to such a request: an answer, or the head of a stream. */
    public JsonAnswer answer(@Nullable String model, WireResponse response) {
        return new JsonAnswer(errors, model, response);
    }

    /** Omits the headers, which include the key. */
    @Override
    public String toString() {
        return errors.provider() + ", " + path;
    }
}
