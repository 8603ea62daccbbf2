package io.aicore.llm.codec.wire;

import java.util.Map;

/**
 * A request on the wire.
 *
 * @param path appended to the base URL; begins with {@code /}, may have a query
 * @param headers by name; values may be secret and are not part of {@code toString()}
 * @param body the encoded JSON; empty where there is none
 */
// A body is handed on and never compared: a copy, or a wrapper, would only cost.
@SuppressWarnings("ArrayRecordComponent")
public record WireRequest(String method, String path, Map<String, String> headers, byte[] body) {

    public WireRequest {
        headers = Map.copyOf(headers);
    }

    /** A POST of JSON. */
    public static WireRequest post(String path, Map<String, String> headers, byte[] body) {
        return new WireRequest("POST", path, headers, body);
    }

    /** A GET, which has no body. */
    public static WireRequest get(String path, Map<String, String> headers) {
        return new WireRequest("GET", path, headers, new byte[0]);
    }

    @Override
    public String toString() {
        return "WireRequest[" + method + " " + path + ", " + headers.keySet() + ", " + body.length + " bytes]";
    }
}
