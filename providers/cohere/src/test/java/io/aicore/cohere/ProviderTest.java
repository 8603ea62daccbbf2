package io.aicore.cohere;

import static io.aicore.cohere.Fixtures.answer;
import static io.aicore.cohere.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The protocol over real sockets, through the whole road. */
class ProviderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String FINE = answer(text("fine"), "COMPLETE");

    private final FaultServer server = FaultServer.start();
    private final LlmProvider provider = provider("");

    private LlmProvider provider(String path) {
        return Llm.from(LlmConfig.builder()
                .provider("cohere")
                .apiKey("sk-secret-1")
                .model("m-1")
                .baseUrl(server.url(path))
                .retrySettings(retry -> retry.maxRetries(2).initialDelay(Duration.ofMillis(1)))
                .build());
    }

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    @Test
    void theVersionIsNotSaidTwice() {
        server.then(Scripts.json(200, FINE));
        LlmProvider versioned = provider("/gateway/v2");

        assertThat(versioned.complete("hello").block(PATIENCE).text()).isEqualTo("fine");
        assertThat(server.call(1).path()).isEqualTo("/gateway/v2/chat");
        versioned.dispose();
    }

    @Test
    void theWindowsResetIsTheWait() {
        server.always(Scripts.json(
                429,
                "{\"message\":\"too many requests\"}",
                "x-debug-trace-id: req-9",
                "date: Sun, 01 Mar 2026 12:00:00 GMT",
                "x-ratelimit-remaining: 0",
                "x-ratelimit-reset: 1772367000"));

        LlmException failure = catchThrowableOfType(
                LlmException.class, () -> provider.complete("hello").block(PATIENCE));

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(failure.requestId()).isEqualTo("req-9");
    }
}
