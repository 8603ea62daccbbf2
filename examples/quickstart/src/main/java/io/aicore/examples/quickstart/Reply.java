package io.aicore.examples.quickstart;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One answer of a {@link ScriptedServer}.
 *
 * @param parts the body, sent piece by piece
 * @param pace the pause before each piece but the first
 * @param cut whether the connection is closed instead of ending the answer; without a piece, before the answer begins
 */
record Reply(int status, Map<String, String> headers, List<String> parts, Duration pace, boolean cut) {

    Reply {
        headers = Map.copyOf(headers);
        parts = List.copyOf(parts);
    }

    /** No answer at all: the connection is closed. */
    static Reply hangUp() {
        return new Reply(0, Map.of(), List.of(), Duration.ZERO, true);
    }

    static Reply json(int status, String body) {
        return new Reply(status, Map.of("content-type", "application/json"), List.of(body), Duration.ZERO, false);
    }

    /** Server-sent events; each piece is one event's data. */
    static Reply events(List<String> data) {
        List<String> events =
                data.stream().map(each -> "data: " + each + "\n\n").toList();
        return new Reply(200, Map.of("content-type", "text/event-stream"), events, Duration.ZERO, false);
    }

    Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, parts, pace, cut);
    }

    Reply pace(Duration pace) {
        return new Reply(status, headers, parts, pace, cut);
    }

    /** The same, with the connection closed after the last piece. */
    Reply thenCut() {
        return new Reply(status, headers, parts, pace, true);
    }
}
