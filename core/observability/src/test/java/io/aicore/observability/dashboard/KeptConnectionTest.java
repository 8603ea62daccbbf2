package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser meets that asks again on the connection it has. */
class KeptConnectionTest {

    private static final String ASYNCHRONOUS = "api/names";
    private static final String SYNCHRONOUS = "api/about";

    @TempDir
    static Path directory;

    /**
     * Reactor Netty before 1.3.8 stopped reading when a request that had come before the end of the one before was answered
     * at once: the next one on that connection was never seen.
     */
    @Test
    void whoAsksBeforeTheLastAnswerIsDoneIsAnsweredLaterToo() throws IOException {
        try (Situation situation = Situation.empty(directory, dashboard -> dashboard)) {
            URI page = URI.create(situation.page());
            try (Socket connection = new Socket(page.getHost(), page.getPort())) {
                connection.setSoTimeout((int) Situation.PATIENCE.toMillis());
                ask(connection, page, ASYNCHRONOUS, SYNCHRONOUS);
                assertThat(answers(connection, "\"categories\":", "{\"needsToken\":false}"))
                        .containsSubsequence("HTTP/1.1 200", "\"categories\":", "HTTP/1.1 200", "\"needsToken\":false");

                ask(connection, page, SYNCHRONOUS);
                assertThat(answers(connection, "{\"needsToken\":false}")).contains("HTTP/1.1 200");
            }
        }
    }

    private static void ask(Socket connection, URI page, String... questions) throws IOException {
        StringBuilder requests = new StringBuilder();
        for (String question : questions) {
            requests.append("GET /%s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(question, page.getAuthority()));
        }
        connection.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** What is read until all of these words were. */
    private static String answers(Socket connection, String... words) throws IOException {
        InputStream in = connection.getInputStream();
        StringBuilder read = new StringBuilder();
        byte[] buffer = new byte[8_192];
        for (String word : words) {
            while (read.indexOf(word) < 0) {
                int length = in.read(buffer);
                assertThat(length).as("closed after: %s", read).isPositive();
                read.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
            }
        }
        return read.toString();
    }
}
