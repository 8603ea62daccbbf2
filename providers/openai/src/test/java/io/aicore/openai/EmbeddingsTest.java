package io.aicore.openai;

import static io.aicore.openai.Fixtures.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.completions.CommonEmbeddings;
import io.aicore.llm.codec.completions.EmbeddingDialect;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.EmbeddingPurpose;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingsTest {

    private static final EmbeddingRequest TWO =
            EmbeddingRequest.of("tea", "coffee").model("e-1");

    private static CommonEmbeddings codec(String host) {
        return new CommonEmbeddings(
                JsonEndpoint.of(host, "/embeddings", Map.of("authorization", "Bearer k-1")),
                Objects.requireNonNull(Hosts.named(host).embeddings()));
    }

    private static String body(String host, EmbeddingRequest request) {
        return new String(codec(host).encode(request).body(), StandardCharsets.UTF_8);
    }

    private static Embeddings decode(String body) {
        return codec("openai").decode(TWO, response(200, body));
    }

    private static String base64(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return "\"" + Base64.getEncoder().encodeToString(bytes.array()) + "\"";
    }

    private static String data(String... vectors) {
        return "{\"object\":\"list\",\"data\":[" + String.join(",", vectors) + "],\"model\":\"e-1-dated\"}";
    }

    private static String vector(int index, String embedding) {
        return "{\"object\":\"embedding\",\"index\":" + index + ",\"embedding\":" + embedding + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai | {'model':'e-1','input':['tea','coffee'],'dimensions':256,'encoding_format':'base64'}",
                "azure-openai | {'model':'e-1','input':['tea','coffee'],'dimensions':256,'encoding_format':'base64'}",
                "nvidia | {'model':'e-1','input':['tea','coffee'],'dimensions':256,'input_type':'passage','encoding_format':'base64'}",
                "voyage | {'model':'e-1','input':['tea','coffee'],'output_dimension':256,'input_type':'document','encoding_format':'base64'}",
                "openrouter | {'model':'e-1','input':['tea','coffee'],'dimensions':256}",
                "together | {'model':'e-1','input':['tea','coffee'],'dimensions':256}",
                "openai-compatible | {'model':'e-1','input':['tea','coffee'],'dimensions':256}"
            })
    void asksEachHostInItsWords(String host, String json) {
        EmbeddingRequest request = TWO.dimensions(256).purpose(EmbeddingPurpose.DOCUMENT);

        assertThat(body(host, request)).isEqualTo(json.replace('\'', '"'));
    }

    @ParameterizedTest
    @EnumSource(EmbeddingPurpose.class)
    void aPurposeWithoutAWordIsNotTold(EmbeddingPurpose purpose) {
        String nvidia = body("nvidia", TWO.purpose(purpose));
        switch (purpose) {
            case QUERY -> assertThat(nvidia).contains("\"input_type\":\"query\"");
            case DOCUMENT -> assertThat(nvidia).contains("\"input_type\":\"passage\"");
            default -> assertThat(nvidia).doesNotContain("input_type");
        }
        assertThat(body("openai", TWO.purpose(purpose))).doesNotContain("input_type");
    }

    @Test
    void fieldsOfTheCallersOwnWinAndOtherNumbersThanFloatsAreNotAskedForAsBase64() {
        assertThat(body("openai", TWO.extra(Map.of("encoding_format", "float"))))
                .isEqualTo("{\"model\":\"e-1\",\"input\":[\"tea\",\"coffee\"],\"encoding_format\":\"float\"}");
        assertThat(body("voyage", TWO.extra(Map.of("output_dtype", "int8"))))
                .isEqualTo("{\"model\":\"e-1\",\"input\":[\"tea\",\"coffee\"],\"output_dtype\":\"int8\"}");
    }

    @Test
    void goesWithTheKeyToTheModelsPath() {
        CommonEmbeddings azure = new CommonEmbeddings(
                JsonEndpoint.of("azure-openai", "/openai/deployments/{model}/embeddings", Map.of("api-key", "k-1")),
                EmbeddingDialect.OPENAI);

        WireRequest request = azure.encode(TWO);

        assertThat(request.path()).isEqualTo("/openai/deployments/e-1/embeddings");
        assertThat(request.headers()).containsEntry("api-key", "k-1").containsEntry("accept", "application/json");
        assertThat(azure.toString()).doesNotContain("k-1");
    }

    @ParameterizedTest
    @CsvSource({"openai, 2048", "voyage, 1000", "nvidia, 128", "ollama-openai, 128"})
    void theNumberOfTextsIsTheHosts(String host, int inputs) {
        assertThat(codec(host).maxInputs(TWO)).isEqualTo(inputs);
    }

    @Test
    void readsNumbersAndBase64InTheOrderOfTheirIndices() {
        assertThat(decode(data(vector(1, "[0.5,-2]"), vector(0, base64(0.25f, -1e-3f)))))
                .satisfies(answer -> assertThat(answer.vectors())
                        .containsExactly(Embedding.of(0.25f, -1e-3f), Embedding.of(0.5f, -2f)))
                .satisfies(answer -> assertThat(answer.model()).isEqualTo("e-1-dated"))
                .satisfies(answer -> assertThat(answer.usage()).isNull());
    }

    @Test
    void readsVectorsWithoutIndicesInTheirOwnOrder() {
        assertThat(decode(data("{\"embedding\":[1]}", "{\"embedding\":[2]}")).vectors())
                .containsExactly(Embedding.of(1), Embedding.of(2));
    }

    @Test
    void countsTheTokensAlsoWhereOnlyTheTotalIsSaid() {
        String body = "{\"data\":[" + vector(0, "[1]") + "],\"usage\":{%s}}";

        assertThat(decode(body.formatted("\"prompt_tokens\":7,\"total_tokens\":7"))
                        .usage())
                .isEqualTo(Usage.of(7, 0));
        assertThat(decode(body.formatted("\"total_tokens\":12")).usage()).isEqualTo(Usage.of(12, 0));
        assertThat(decode(body.formatted("\"prompt_tokens\":null")).usage()).isNull();
    }

    @Test
    void whiteSpaceBeforeTheAnswerIsSkipped() {
        assertThat(decode("\n   \n" + data(vector(0, "[1]"))).vectors()).containsExactly(Embedding.of(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"data\":",
                "[]",
                "{\"object\":\"list\"}",
                "{\"data\":[{\"index\":0}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1,null]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1,NaN]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":\"AAA\\u0000\"}]}",
                "{\"data\":[{\"index\":0,\"embedding\":\"AAAAAAA=\"}]}",
                "{\"data\":[{\"index\":0,\"embedding\":\"AADAfw==\"}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[2]}]}",
                "{\"data\":[{\"index\":1,\"embedding\":[1]},{\"index\":2,\"embedding\":[2]}]}"
            })
    void whatIsNoVectorIsAMalformedAnswerAndAskedForOnceUnlessItIsCut(String body) {
        LlmException failure = catchThrowableOfType(LlmException.class, () -> decode(body));

        assertThat(failure).isInstanceOf(MalformedResponseException.class);
        assertThat(failure.retryable()).isEqualTo(body.isEmpty() || body.endsWith(":"));
    }

    @Test
    void anErrorInsideASuccessIsTheErrorItStandsFor() {
        LlmException failure = catchThrowableOfType(
                LlmException.class,
                () -> decode("{\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}"));

        assertThat(failure.category()).isEqualTo(ErrorCategory.RATE_LIMITED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {'error':{'message':'Requested 453357 tokens, max 300000 tokens per request','type':'max_tokens_per_request','code':'max_tokens_per_request'}} | PAYLOAD_TOO_LARGE",
                "400 | {'detail':'The max allowed tokens per submitted batch is 120000. Your batch has 240004 tokens.'} | PAYLOAD_TOO_LARGE",
                "401 | {'detail':'Provided API key is invalid.'} | AUTHENTICATION",
                "429 | {'detail':'Too many requests.'} | RATE_LIMITED",
                "422 | {'detail':[{'loc':['body','input'],'msg':'field required','type':'value_error.missing'}]} | INVALID_REQUEST"
            })
    void aBatchTooLargeIsToldFromARequestThatIsWrong(int status, String body, ErrorCategory category) {
        assertThat(codec("voyage")
                        .classify(TWO, response(status, body.replace('\'', '"')))
                        .category())
                .isEqualTo(category);
    }
}
