package io.aicore.anthropic;

import static io.aicore.anthropic.Fixtures.answer;
import static io.aicore.anthropic.Fixtures.error;
import static io.aicore.anthropic.Fixtures.events;
import static io.aicore.anthropic.Fixtures.hello;
import static io.aicore.anthropic.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** The protocol over real sockets, through the whole road. */
class ProviderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String FINE = answer(text("fine"), "\"end_turn\"");

    private final FaultServer server = FaultServer.start();
    private final LlmProvider provider = Llm.from(LlmConfig.builder()
            .provider("anthropic")
            .apiKey("sk-secret-1")
            .model("claude-haiku-4-5")
            .baseUrl(server.url())
            .retrySettings(retry -> retry.maxRetries(2).initialDelay(Duration.ofMillis(1)))
            .build());

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    @Test
    void answers() {
        // A wait stated on a success is for others: it delays nothing.
        server.then(Scripts.json(200, FINE, "retry-after: 36"));

        Completion completion = provider.complete("hello").block(PATIENCE);

        assertThat(completion.text()).isEqualTo("fine");
        assertThat(completion.provenance().attempts()).isEqualTo(1);
        assertThat(server.call(1).path()).isEqualTo("/v1/messages");
        assertThat(server.call(1).text())
                .isEqualTo("{\"model\":\"claude-haiku-4-5\",\"max_tokens\":4096,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":false}");
    }

    @Test
    void overloadAfterTokensHasThemAsPartialText() {
        String[] events = Arrays.copyOf(hello(), 6);
        events[5] = error("overloaded_error", "Overloaded");
        server.always(events(events));

        StepVerifier.create(provider.stream("hello").map(CompletionChunk::text))
                .expectNext("Hel", "lo")
                .consumeErrorWith(error -> {
                    assertThat(((LlmException) error).category()).isEqualTo(ErrorCategory.OVERLOADED);
                    assertThat(((LlmException) error).status()).isEqualTo(529);
                    assertThat(((LlmException) error).partialText()).isEqualTo("Hello");
                })
                .verify(PATIENCE);
        assertThat(server.calls()).isEqualTo(1);
    }
}
