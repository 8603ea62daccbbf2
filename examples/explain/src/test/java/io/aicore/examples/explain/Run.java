package io.aicore.examples.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run of the command line, in this process. */
record Run(int exitCode, String out, String err) {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final JsonMapper JSON = JsonMapper.shared();

    /** With this on standard input. */
    static Run of(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main main = new Main(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                Clock.fixed(NOW, ZoneOffset.UTC));
        int exitCode = main.run(arguments);
        return new Run(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    List<JsonNode> lines() {
        return out.lines().map(JSON::readTree).toList();
    }

    JsonNode only() {
        List<JsonNode> lines = lines();
        if (lines.size() != 1) {
            throw new AssertionError("one line expected: " + out + err);
        }
        return lines.get(0);
    }
}
