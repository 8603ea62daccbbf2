package io.aicore.examples.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One answer of a {@link DemoServer}.
 *
 * @param parts the body, sent piece by piece
 * @param delay how long the provider thinks before it says anything
 * @param pace the pause before each piece
 * @param cut whether the connection is closed instead of ending the answer; without a piece, before the answer begins
 */
public record Reply(
        int status, Map<String, String> headers, List<String> parts, Duration delay, Duration pace, boolean cut) {

    public Reply {
        headers = Map.copyOf(headers);
        parts = List.copyOf(parts);
    }

    /** No answer at all: the connection is closed. */
    public static Reply hangUp() {
        return new Reply(0, Map.of(), List.of(), Duration.ZERO, Duration.ZERO, true);
    }

    /** One piece of JSON. */
    public static Reply json(int status, String body) {
        return pieces(status, "application/json", List.of(body));
    }

    /** Server-sent events; each piece is one event's data. */
    public static Reply events(List<String> data) {
        return pieces(
                200,
                "text/event-stream",
                data.stream().map(each -> "data: " + each + "\n\n").toList());
    }

    /** A body of this type, sent piece by piece. */
    public static Reply pieces(int status, String contentType, List<String> parts) {
        return new Reply(status, Map.of("content-type", contentType), parts, Duration.ZERO, Duration.ZERO, false);
    }

    /** The same, with one more header. */
    public Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, parts, delay, pace, cut);
    }

    /** The same, after this long. By a timer: no thread waits. */
    public Reply after(Duration delay) {
        return new Reply(status, headers, parts, delay, pace, cut);
    }

    /** The same, with this pause before each piece. */
    public Reply pace(Duration pace) {
        return new Reply(status, headers, parts, delay, pace, cut);
    }

    /** The same, with the connection closed after the last piece. */
    public Reply thenCut() {
        return new Reply(status, headers, parts, delay, pace, true);
    }
}
