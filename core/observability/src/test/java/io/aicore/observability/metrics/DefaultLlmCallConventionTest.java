package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallRequest;
import io.aicore.llm.observe.CallStart;
import io.aicore.observability.Identity;
import io.aicore.testkit.CallEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultLlmCallConventionTest {

    private final DefaultLlmCallConvention convention = new DefaultLlmCallConvention();

    @ParameterizedTest
    @CsvSource({
        "openai, openai",
        "anthropic, anthropic",
        "gemini, gcp.gemini",
        "vertex, gcp.vertex_ai",
        "bedrock, aws.bedrock",
        "azure-openai, azure.ai.openai",
        "mistral, mistral_ai",
        "xai, x_ai",
        "groq, groq",
        "deepseek, deepseek",
        "cohere, cohere",
        "my-own, my-own"
    })
    void providersHaveOpenTelemetrysNames(String ours, String theirs) {
        assertThat(ProviderNames.of(ours)).isEqualTo(theirs);
    }

    @ParameterizedTest
    @CsvSource({
        "api.example, api.example, 443",
        "api.example:8443, api.example, 8443",
        "127.0.0.1:80, 127.0.0.1, 80",
        "[::1], [::1], 443",
        "[::1]:8080, [::1], 8080"
    })
    void aHostIsAddressAndPort(String host, String address, String port) {
        assertThat(Server.of(host)).isEqualTo(new Server(address, port));
    }

    @Test
    void withoutAHostBothAreNone() {
        assertThat(Server.of(null)).isEqualTo(new Server("none", "none"));
    }

    @Test
    void operationsHaveOpenTelemetrysNames() {
        CompletionRequest request =
                CompletionRequest.builder().user("why").model("model-1").build();

        assertThat(span(CallRequest.of(CallKind.COMPLETE, request))).isEqualTo("chat model-1");
        assertThat(span(CallRequest.of(CallKind.STREAM, request))).isEqualTo("chat model-1");
        assertThat(span(CallRequest.of(CallKind.COUNT_TOKENS, request))).isEqualTo("count_tokens model-1");
        assertThat(span(CallRequest.of(EmbeddingRequest.of("why").model("model-1"))))
                .isEqualTo("embeddings model-1");
    }

    @Test
    void aSpanNamesAModelThatMetricsDoNot() {
        CompletionRequest request =
                CompletionRequest.builder().user("why").model("model-1").build();
        LlmCallContext call = new LlmCallContext(
                start(CallRequest.of(CallKind.COMPLETE, request)),
                "model-1",
                CallScope.of("openai", null, BoundedNames.OTHER),
                Identity.NONE);

        assertThat(convention.getLowCardinalityKeyValues(call))
                .anyMatch(each -> each.getKey().equals("gen_ai.request.model")
                        && each.getValue().equals("_OTHER"));
        assertThat(convention.getHighCardinalityKeyValues(call))
                .anyMatch(each -> each.getKey().equals("gen_ai.request.model")
                        && each.getValue().equals("model-1"));
    }

    private String span(CallRequest request) {
        return convention.getContextualName(
                new LlmCallContext(start(request), "model-1", CallScope.of("openai", null, "model-1"), Identity.NONE));
    }

    private static CallStart start(CallRequest request) {
        return CallEvents.start("openai", null, request, CircuitBreaker.of("circuit", CircuitSettings.defaults()));
    }
}
