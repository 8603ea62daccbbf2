package io.aicore.testserver;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * A request as it came.
 *
 * @param connection the number of its connection, counted from 1
 * @param path with its query
 * @param headers by name in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RecordedCall(int connection, String method, String path, Map<String, String> headers, byte[] body) {

    /** The value of this header, or an empty string. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
