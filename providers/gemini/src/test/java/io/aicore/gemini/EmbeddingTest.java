package io.aicore.gemini;

import static io.aicore.gemini.Fixtures.json;
import static io.aicore.gemini.Fixtures.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.EmbeddingPurpose;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingTest {

    private static final EmbeddingCodec GEMINI = new GeminiEmbeddings(Fixtures.api("gemini"));
    private static final EmbeddingCodec VERTEX = new VertexEmbeddings(Fixtures.api("vertex"));

    private static EmbeddingRequest request(String model) {
        return EmbeddingRequest.of("hello", "world").model(model);
    }

    private static EmbeddingRequest one(String model) {
        return EmbeddingRequest.of("hello").model(model);
    }

    private static void assertSends(EmbeddingCodec codec, EmbeddingRequest request, String path, String body) {
        WireRequest sent = codec.encode(request);
        assertThat(sent.path()).isEqualTo(path);
        assertThat(Json.read(sent.body())).isEqualTo(Json.read(json(body)));
        assertThat(codec.encode(request).body()).isEqualTo(sent.body());
    }

    @Test
    void theGeminiApiIsSentARequestForEachText() {
        assertSends(
                GEMINI,
                request("gemini-embedding-001"),
                "/models/gemini-embedding-001:batchEmbedContents",
                "{'requests':[{'model':'models/gemini-embedding-001','content':{'parts':[{'text':'hello'}]}},"
                        + "{'model':'models/gemini-embedding-001','content':{'parts':[{'text':'world'}]}}]}");
        assertSends(
                GEMINI,
                one("models/e 1")
                        .purpose(EmbeddingPurpose.QUERY)
                        .dimensions(768)
                        .extra(Map.of("title", "T")),
                "/models/e%201:batchEmbedContents",
                "{'requests':[{'model':'models/e 1','content':{'parts':[{'text':'hello'}]},"
                        + "'taskType':'RETRIEVAL_QUERY','outputDimensionality':768,'title':'T'}]}");
    }

    @Test
    void vertexPredictsWithOlderModels() {
        assertSends(
                VERTEX,
                request("text-embedding-005")
                        .purpose(EmbeddingPurpose.DOCUMENT)
                        .dimensions(256)
                        .extra(Map.of("parameters", Map.of("autoTruncate", false))),
                "/models/text-embedding-005:predict",
                "{'instances':[{'content':'hello','task_type':'RETRIEVAL_DOCUMENT'},"
                        + "{'content':'world','task_type':'RETRIEVAL_DOCUMENT'}],"
                        + "'parameters':{'outputDimensionality':256,'autoTruncate':false}}");
        assertSends(
                VERTEX,
                one("gemini-embedding-001"),
                "/models/gemini-embedding-001:predict",
                "{'instances':[{'content':'hello'}]}");
    }

    @Test
    void vertexEmbedsContentWithNewerModels() {
        assertSends(
                VERTEX,
                one("gemini-embedding-2").purpose(EmbeddingPurpose.CLUSTERING).dimensions(64),
                "/models/gemini-embedding-2:embedContent",
                "{'content':{'parts':[{'text':'hello'}]},"
                        + "'embedContentConfig':{'taskType':'CLUSTERING','outputDimensionality':64}}");
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-embedding-001, 1",
        "models/gemini-embedding-001, 1",
        "gemini-embedding-2, 1",
        "e5-large-instruct-maas, 1",
        "text-embedding-005, 250",
        "text-multilingual-embedding-002, 250"
    })
    void vertexTakesOneTextOrMany(String model, int most) {
        assertThat(VERTEX.maxInputs(one(model))).isEqualTo(most);
        assertThat(GEMINI.maxInputs(one(model))).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "QUERY, RETRIEVAL_QUERY",
        "DOCUMENT, RETRIEVAL_DOCUMENT",
        "SIMILARITY, SEMANTIC_SIMILARITY",
        "CLASSIFICATION, CLASSIFICATION",
        "CLUSTERING, CLUSTERING"
    })
    void everyPurposeHasAWord(EmbeddingPurpose purpose, String word) {
        assertThat(Purposes.taskType(purpose)).isEqualTo(word);
    }

    private static Embeddings decode(EmbeddingCodec codec, EmbeddingRequest request, String body) {
        return codec.decode(request, response(200, json(body)));
    }

    @Test
    void readsVectorsInTheirOrder() {
        Embeddings gemini = decode(
                GEMINI,
                request("gemini-embedding-001"),
                "{'embeddings':[{'values':[-0.5,0.25]},{'values':[1,2e-1]}],'usageMetadata':{'promptTokenCount':7}}");
        Embeddings silent = decode(GEMINI, one("e"), "{'embeddings':[{'values':[1]}]}");
        Embeddings vertex = decode(
                VERTEX,
                request("text-embedding-005"),
                "{'predictions':[{'embeddings':{'values':[3,4],'statistics':{'truncated':false,'token_count':2}}},"
                        + "{'embeddings':{'values':[5],'statistics':{'token_count':3}}}]}");
        Embeddings newer = decode(
                VERTEX,
                one("gemini-embedding-2"),
                "{'embedding':{'values':[0.5]},'usageMetadata':{'promptTokenCount':4},'truncated':false}");

        assertThat(gemini.vectors()).containsExactly(Embedding.of(-0.5f, 0.25f), Embedding.of(1, 0.2f));
        assertThat(gemini.usage()).isEqualTo(Usage.of(7, 0));
        assertThat(gemini.model()).isEmpty();
        assertThat(silent.usage()).isNull();
        assertThat(vertex.vectors()).containsExactly(Embedding.of(3, 4), Embedding.of(5));
        assertThat(vertex.usage()).isEqualTo(Usage.of(5, 0));
        assertThat(newer.vectors()).containsExactly(Embedding.of(0.5f));
        assertThat(newer.usage()).isEqualTo(Usage.of(4, 0));
    }

    @Test
    void shortenedVectorsAreGivenTheLengthOne() {
        Embeddings shortened =
                decode(GEMINI, request("e").dimensions(2), "{'embeddings':[{'values':[3,4]},{'values':[0,0]}]}");

        assertThat(shortened.vectors().get(0).get(0)).isCloseTo(0.6f, within(1e-6f));
        assertThat(shortened.vectors().get(0).get(1)).isCloseTo(0.8f, within(1e-6f));
        assertThat(shortened.vectors().get(1)).isEqualTo(Embedding.of(0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'embeddings':{}}",
                "{'embeddings':[{'values':[]}]}",
                "{'embeddings':[{}]}",
                "{'embeddings':[{'values':['a']}]}",
                "{'embeddings':[{'values':[1,null]}]}",
                "{'embeddings':[{'values':[NaN]}]}",
                "{'embeddings':["
            })
    void whatIsNoVectorIsMalformed(String body) {
        LlmException failure = catchThrowableOfType(LlmException.class, () -> decode(GEMINI, one("e"), body));

        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        // Whole answers are answered the same again; this one is cut.
        assertThat(failure.retryable()).isEqualTo(body.endsWith("["));
    }

    @Test
    void anErrorInsideASuccessIsOne() {
        LlmException failure = catchThrowableOfType(
                LlmException.class,
                () -> decode(VERTEX, one("e"), "{'error':{'code':503,'status':'UNAVAILABLE','message':'x'}}"));

        assertThat(failure.category()).isEqualTo(ErrorCategory.OVERLOADED);
    }

    @Test
    void vertexIsAskedOnceForEachText() {
        try (FaultServer server = FaultServer.start()) {
            server.always(exchange -> exchange.answer(
                    200,
                    "application/json",
                    json(
                            exchange.call().text().contains("hello")
                                    ? "{'predictions':[{'embeddings':{'values':[1]}}]}"
                                    : "{'predictions':[{'embeddings':{'values':[2]}}]}")));
            LlmConfig config = LlmConfig.builder()
                    .provider("vertex")
                    .apiKey("ya29.k")
                    .model("m")
                    .embeddingModel("gemini-embedding-001")
                    .baseUrl(server.url())
                    .option("project", "p-1")
                    .build();
            try (LlmProvider provider = Llm.from(config)) {
                Embeddings embeddings = provider.embed("hello", "world").block(Duration.ofMinutes(3));

                assertThat(embeddings.vectors()).containsExactly(Embedding.of(1), Embedding.of(2));
                assertThat(embeddings.provenance().attempts()).isEqualTo(2);
            }
            assertThat(server.call(1).path())
                    .isEqualTo(
                            "/v1/projects/p-1/locations/global/publishers/google/models/gemini-embedding-001:predict");
            assertThat(server.call(1).header("authorization")).isEqualTo("Bearer ya29.k");
        }
    }
}
