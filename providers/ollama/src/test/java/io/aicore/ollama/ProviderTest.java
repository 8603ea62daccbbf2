package io.aicore.ollama;

import static io.aicore.ollama.Fixtures.hello;
import static io.aicore.ollama.Fixtures.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.error.InvalidRequestException;
import io.aicore.testserver.FaultServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The protocol over real sockets, through the whole road. */
class ProviderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FaultServer server = FaultServer.start();
    private final LlmProvider provider = Llm.from(LlmConfig.builder()
            .provider("ollama")
            .model("llama3.2")
            .baseUrl(server.url())
            .retrySettings(retry -> retry.maxRetries(2).initialDelay(Duration.ofMillis(1)))
            .build());

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    @Test
    void theLastLineNeedsNoLineBreak() {
        byte[] wire = String.join("\r\n", hello()).getBytes(StandardCharsets.UTF_8);
        server.then(streamed(wire));

        assertThat(Completion.from(provider.stream("hello")).block(PATIENCE).text())
                .isEqualTo("Hello");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void anImageByAddressIsNotSent() {
        CompletionRequest request = CompletionRequest.builder()
                .message(Message.user(Content.image(URI.create("https://x.test/a.png"))))
                .build();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> provider.complete(request).block(PATIENCE));
        assertThat(server.calls()).isZero();
    }
}
