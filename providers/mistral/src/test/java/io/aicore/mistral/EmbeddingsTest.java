package io.aicore.mistral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.EmbeddingPurpose;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final EmbeddingRequest REQUEST =
            EmbeddingRequest.of("a", "b").model("e-1");
    private final EmbeddingCodec codec = MistralProviderFactory.embeddings(Map.of("authorization", "Bearer k-1"));

    private static String answer(String data) {
        return "{\"id\":\"e\",\"object\":\"list\",\"data\":[" + data + "],\"model\":\"e-1-dated\",\"usage\":"
                + "{\"prompt_tokens\":9,\"total_tokens\":9,\"completion_tokens\":0,\"request_count\":null}}";
    }

    private static String vector(int index, String values) {
        return "{\"object\":\"embedding\",\"embedding\":" + values + ",\"index\":" + index + "}";
    }

    @Test
    void asksInTheApisWords() {
        EmbeddingRequest request =
                REQUEST.dimensions(256).purpose(EmbeddingPurpose.QUERY).extra(Map.of("output_dtype", "float"));

        assertThat(Json.read(codec.encode(request).body()))
                .isEqualTo(Json.read("{\"model\":\"e-1\",\"input\":[\"a\",\"b\"],\"output_dimension\":256,"
                        + "\"output_dtype\":\"float\"}"));
        assertThat(codec.encode(REQUEST).path()).isEqualTo("/embeddings");
        assertThat(codec.encode(REQUEST).body()).isEqualTo(codec.encode(REQUEST).body());
        assertThat(codec.toString()).doesNotContain("k-1");
    }

    @Test
    void readsVectorsByTheirIndex() {
        Embeddings answer = codec.decode(
                REQUEST, Fixtures.response(200, answer(vector(1, "[0.5]") + "," + vector(0, "\"AACAPw==\""))));

        assertThat(answer.vectors()).containsExactly(Embedding.of(1f), Embedding.of(0.5f));
        assertThat(answer.model()).isEqualTo("e-1-dated");
        assertThat(answer.usage()).isEqualTo(Usage.of(9, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | Too many inputs in request, split into more batches. | invalid_request_prompt | 3210 | PAYLOAD_TOO_LARGE",
                "400 | Too many tokens overall, split into more batches. | invalid_request_prompt | 3210 | PAYLOAD_TOO_LARGE",
                "400 | Too many tokens in batch. Max is 16384 got 17555 | invalid_request_error | 0 | CONTEXT_LENGTH",
                "400 | Invalid model | invalid_model | 1500 | NOT_FOUND",
                "429 | Rate limit exceeded | rate_limited | 1300 | RATE_LIMITED",
            })
    void knowsWhatFailed(int status, String message, String type, String code, ErrorCategory category) {
        String body = "{\"object\":\"error\",\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"code\":\""
                + code + "\"}";

        assertThat(codec.classify(REQUEST, Fixtures.response(status, body)).category())
                .isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | MALFORMED_RESPONSE",
                "{\"data\":[{\"embedding\":[]}]} | MALFORMED_RESPONSE",
                "{\"object\":\"error\",\"message\":\"Service tier capacity exceeded for this model.\","
                        + "\"type\":\"invalid_request_error\"} | OVERLOADED",
            })
    void aSuccessWithoutVectorsIsAFailure(String body, ErrorCategory category) {
        LlmException failure =
                catchThrowableOfType(LlmException.class, () -> codec.decode(REQUEST, Fixtures.response(200, body)));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.retryable()).isEqualTo(category == ErrorCategory.OVERLOADED);
    }

    @Test
    void whatIsTooMuchForOneRequestIsHalved() {
        try (FaultServer server = FaultServer.start();
                LlmProvider provider = Llm.from(LlmConfig.builder()
                        .provider("mistral")
                        .apiKey("k-1")
                        .model("m-1")
                        .baseUrl(server.url("/v1"))
                        .build())) {
            server.then(Scripts.json(
                            400,
                            "{\"object\":\"error\",\"message\":\"Too many tokens overall, split into more batches.\","
                                    + "\"type\":\"invalid_request_prompt\",\"code\":\"3210\"}"))
                    .then(Scripts.json(200, answer(vector(0, "[1]"))))
                    .then(Scripts.json(200, answer(vector(0, "[2]"))));

            Embeddings answer = provider.embed(REQUEST).block(PATIENCE);

            assertThat(answer.vectors()).containsExactly(Embedding.of(1f), Embedding.of(2f));
            assertThat(answer.usage()).isEqualTo(Usage.of(18, 0));
            assertThat(server.call(1).path()).isEqualTo("/v1/embeddings");
        }
    }
}
