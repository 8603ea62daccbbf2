package io.aicore.llm.codec.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request on the wire.
 *
 * @param path appended to the base URL; begins with {@code /}, may have a query
 * @param headers by name; values may be secret and are not part of {@code toString()}
 * @param body the encoded JSON; empty without one
 */
// A body is handed on and never compared: a copy, or a wrapper, would only cost.
@SuppressWarnings("ArrayRecordComponent")
public record WireRequest(String method, String path, Map<String, String> headers, byte[] body) {

    public WireRequest {
        headers = SecretValues.copyOf(headers);
    }

    /** A POST of JSON. */
    public static WireRequest post(String path, Map<String, String> headers, byte[] body) {
        return new WireRequest("POST", path, headers, body);
    }

    /** A GET, which has no body. */
    public static WireRequest get(String path, Map<String, String> headers) {
        return new WireRequest("GET", path, headers, new byte[0]);
    }

    /** Returns a copy with this header, replacing headers of this name in any case. */
    public WireRequest header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.keySet().removeIf(name::equalsIgnoreCase);
        all.put(name, value);
        return new WireRequest(method, path, all, body);
    }

    /** Percent-encodes a text as a segment of a path or a value of a query: all but unreserved characters. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    @Override
    public String toString() {
        return "WireRequest[" + method + " " + path + ", " + headers.keySet() + ", " + body.length + " bytes]";
    }
}
