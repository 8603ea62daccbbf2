package io.aicore.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.http.Timeouts;
import io.aicore.retry.RetrySettings;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompletionRequestTest {

    @Test
    void theSystemPromptComesFirstAndOnce() {
        CompletionRequest request =
                CompletionRequest.builder().user("b").system("x").system("a").build();

        assertThat(request.messages()).extracting(Message::text).containsExactly("a", "b");
    }

    @Test
    void nothingThatWasWrittenIsPrinted() {
        CompletionRequest request = CompletionRequest.builder()
                .system("secret plan")
                .message(Message.user(
                        Content.text("secret plan"),
                        Content.image(URI.create("https://example.org/secret plan".replace(' ', '-')))))
                .message(Message.tool("call-1", "secret plan"))
                .metadata("session", "secret plan")
                .extra("user", "secret plan")
                .build();

        assertThat(request + " " + request.messages()
                        + request.messages().get(1).content())
                .doesNotContain("secret");
        assertThat(Completion.of("secret plan").toString()).doesNotContain("secret");
        assertThat(CompletionChunk.text("secret plan").toString()).doesNotContain("secret");
        assertThat(new ToolCall("1", "sum", "secret plan").toString()).doesNotContain("secret");
    }

    @Test
    void aWrongValueFailsWhereItIsGiven() {
        assertThatThrownBy(() -> CompletionRequest.builder().temperature(2.5))
                .hasMessage("temperature: 2.5 (expected: 0 to 2)");
        assertThatThrownBy(() -> CompletionRequest.builder().temperature(Double.NaN))
                .hasMessage("temperature: NaN (expected: 0 to 2)");
        assertThatThrownBy(() -> CompletionRequest.builder().topP(-0.1)).hasMessage("topP: -0.1 (expected: 0 to 1)");
        assertThatThrownBy(() -> CompletionRequest.builder().maxTokens(0)).hasMessage("maxTokens: 0 (expected: >= 1)");
        assertThatThrownBy(() -> CompletionRequest.builder().deadline(Duration.ZERO))
                .hasMessage("deadline: PT0S (expected: more than 0, at most 365 days)");
        assertThatThrownBy(() -> CompletionRequest.builder().deadline(ChronoUnit.FOREVER.getDuration()))
                .hasMessageEndingWith(" (expected: more than 0, at most 365 days)");
        assertThatThrownBy(() -> CompletionRequest.builder().build())
                .hasMessage("messages: [] (expected: at least one message)");
    }

    @Test
    void aChangeOfRetrySettingsKeepsTheRestAndAValueReplacesAll() {
        RetrySettings provider = RetrySettings.defaults().maxRetries(7).maxDelay(Duration.ofSeconds(40));
        CompletionRequestBuilder request = CompletionRequest.builder().user("u");

        request.retrySettings(retry -> retry.initialDelay(Duration.ofSeconds(2)))
                .retrySettings(retry -> retry.backoffFactor(3));
        assertThat(request.build().overrides().retrySettingsFrom(provider))
                .isEqualTo(provider.initialDelay(Duration.ofSeconds(2)).backoffFactor(3));

        request.retrySettings(RetrySettings.defaults()).retrySettings(retry -> retry.maxRetries(1));
        assertThat(request.build().overrides())
                .isEqualTo(RequestOptions.NONE.retrySettings(
                        RetrySettings.defaults().maxRetries(1)));
        assertThat(request.build().overrides().retrySettingsFrom(provider))
                .isEqualTo(RetrySettings.defaults().maxRetries(1));
    }

    @Test
    void aWrongChangeOfRetrySettingsIsRefusedWhereItIsMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompletionRequest.builder().retrySettings(retry -> retry.maxRetries(-1)))
                .withMessage("maxRetries: -1 (expected: >= 0)");
        assertThatNullPointerException()
                .isThrownBy(() -> CompletionRequest.builder().retrySettings(retry -> null))
                .withMessage("retrySettings: null (expected: the changed settings)");
    }

    @Test
    void overridesOfACallAddUp() {
        RequestOptions overrides = CompletionRequest.builder()
                .user("u")
                .deadline(Duration.ofSeconds(9))
                .overrides(o -> o.connectTimeout(Duration.ofSeconds(1)).firstTokenTimeout(Duration.ofSeconds(2)))
                .overrides(o -> o.idleTimeout(Duration.ofSeconds(3)).attemptTimeout(Duration.ofSeconds(4)))
                .overrides(o -> o.firstContentTimeout(Duration.ofSeconds(5)))
                .retrySettings(RetrySettings.defaults())
                .build()
                .overrides();

        assertThat(overrides)
                .isEqualTo(new RequestOptions(
                        RequestOptions.NONE
                                .retrySettings(RetrySettings.defaults())
                                .retryChange(),
                        Duration.ofSeconds(9),
                        new CallTimeouts(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4))));
        assertThat(Timeouts.defaults().with(overrides))
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4)));
        assertThat(Timeouts.defaults().with(RequestOptions.NONE)).isEqualTo(Timeouts.defaults());
    }

    @Test
    void aRequestDoesNotChangeWithWhatItWasMadeOf() {
        Map<String, Object> schema = new HashMap<>();
        schema.put("type", "object");
        Tool tool = Tool.of("sum", "adds", schema);
        schema.put("type", "string");
        CompletionRequestBuilder builder = CompletionRequest.builder().user("a").tools(tool);
        CompletionRequest request = builder.build();
        builder.user("b");

        assertThat(request.messages()).hasSize(1);
        assertThat(request.tools().tools().get(0).parameters()).containsEntry("type", "object");
    }

    @Test
    void aCopyKeepsEverything() {
        CompletionRequest request = CompletionRequest.builder()
                .model("m")
                .system("s")
                .user("u")
                .temperature(0.5)
                .stop("x")
                .seed(7L)
                .reasoningEffort(ReasoningEffort.HIGH)
                .responseFormat(ResponseFormat.json())
                .toolChoice(ToolChoice.required())
                .parallelToolCalls(false)
                .deadline(Duration.ofSeconds(3))
                .metadata("agent", "a")
                .extra("top_k", 5)
                .build();

        assertThat(request.toBuilder().build()).isEqualTo(request);
    }
}
