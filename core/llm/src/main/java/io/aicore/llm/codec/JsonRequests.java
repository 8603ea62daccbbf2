package io.aicore.llm.codec;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import io.aicore.llm.codec.wire.SecretValues;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.InvalidRequestException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Creates the requests of a JSON protocol, all with the same headers. {@link #toString()} has the names of these alone. */
public final class JsonRequests {

    // A client or a proxy would resolve it and ask another address with the key.
    private static final Pattern DOT_SEGMENT = Pattern.compile("^[^?]*/\\.\\.?(?=[/:?]|$)");
    // A protocol has a few content types to ask for.
    private static final int MOST_KEPT = 8;

    private final String provider;
    private final Map<String, String> headers;
    // By content type; replaced as a whole, and an entry that is lost to another one is made again.
    private volatile Map<String, Map<String, String>> posts = Map.of();

    /**
     * Creates requests.
     *
     * @param provider the provider's configured name
     * @param headers sent with every request, including the key
     */
    public JsonRequests(String provider, Map<String, String> headers) {
        this.provider = provider;
        this.headers = SecretValues.copyOf(headers);
    }

    /** The headers that are sent with every request; their values are not part of its {@code toString()}. */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * A POST of this body.
     *
     * @param model the requested model; null if the request has none
     * @param accept the content type to accept
     * @param body creates the body; may throw {@link NotOnTheWireException}
     * @throws InvalidRequestException if the protocol or JSON cannot express the body, or a segment of the path is {@code .} or {@code ..}; never retried
     */
    public WireRequest post(String path, @Nullable String model, String accept, Supplier<Map<String, Object>> body) {
        if (path.contains("/.") && DOT_SEGMENT.matcher(path).find()) {
            throw refused(model, "model: '.' and '..' name no model (expected: a model's name)", null);
        }
        try {
            return WireRequest.post(path, headers(accept), Json.write(body.get()));
        } catch (MalformedJsonException e) {
            throw refused(model, "the request cannot be written as JSON: look at its schemas and extra fields", e);
        } catch (NotOnTheWireException e) {
            throw refused(model, e.why(), e);
        }
    }

    private Map<String, String> headers(String accept) {
        Map<String, String> known = posts.get(accept);
        if (known != null) {
            return known;
        }
        Map<String, String> all = new LinkedHashMap<>();
        all.put("content-type", "application/json");
        all.put("accept", accept);
        all.putAll(headers);
        Map<String, String> made = SecretValues.copyOf(all);
        Map<String, Map<String, String>> kept = new HashMap<>(posts);
        if (kept.size() < MOST_KEPT) {
            kept.put(accept, made);
            posts = Map.copyOf(kept);
        }
        return made;
    }

    /**
     * A GET.
     *
     * @param stream whether server-sent events are requested, otherwise JSON
     */
    public WireRequest get(String path, boolean stream) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("accept", accept(stream));
        all.putAll(headers);
        return WireRequest.get(path, all);
    }

    /** The content type to accept: server-sent events, otherwise JSON. */
    public static String accept(boolean stream) {
        return stream ? "text/event-stream" : "application/json";
    }

    private InvalidRequestException refused(@Nullable String model, String why, @Nullable RuntimeException cause) {
        ErrorDetails details = ErrorDetails.of(provider, ErrorCategory.INVALID_REQUEST, false, why);
        return new InvalidRequestException(details.model(model), cause);
    }

    @Override
    public String toString() {
        return "JsonRequests[" + provider + ", " + headers.keySet() + "]";
    }
}
