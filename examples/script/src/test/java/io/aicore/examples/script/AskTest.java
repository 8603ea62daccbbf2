package io.aicore.examples.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskTest {

    @TempDir
    Path directory;

    @Test
    void printsTheAnswerAndEnds() throws Exception {
        Path output = directory.resolve("output");
        try (DemoServer server = DemoServer.start(question -> question.answer("To: " + question.prompt()))) {
            assertThat(AskWithoutKey.ask(server.environment(), Redirect.to(output.toFile())))
                    .isZero();
        }
        assertThat(output).hasContent("To: Why wait before asking again?");
    }

    @Test
    void needsNoKey() throws Exception {
        Path output = directory.resolve("output");

        assertThat(AskWithoutKey.run(Map.of(), Redirect.to(output.toFile()))).isZero();

        assertThat(output).hasContent("Because a provider that is overloaded needs a pause more than another request.");
    }

    @Test
    void failsWhereTheProviderRefuses() throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        try (DemoServer server = DemoServer.start(question -> ChatReplies.error(401, "invalid_api_key"))) {
            assertThat(AskWithoutKey.ask(server.environment(), Redirect.to(output.toFile())))
                    .isEqualTo(1);
            assertThat(server.requests()).isEqualTo(1);
        }
        assertThat(Files.readString(output)).isEmpty();
    }
}
