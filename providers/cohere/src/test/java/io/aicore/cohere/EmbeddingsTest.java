package io.aicore.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.EmbeddingPurpose;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingsTest {

    private static final EmbeddingRequest REQUEST =
            EmbeddingRequest.of("a", "b").model("e-1");
    private final CohereEmbeddings codec = new CohereEmbeddings(
            JsonEndpoint.of(CohereCodec.errors("cohere"), "/v2/embed", Map.of("authorization", "Bearer k-1")));

    private static String answer(String embeddings) {
        return "{\"id\":\"e\",\"texts\":[\"a\",\"b\"],\"embeddings\":" + embeddings
                + ",\"meta\":{\"billed_units\":{\"input_tokens\":9}},\"response_type\":\"embeddings_by_type\"}";
    }

    private Embeddings decode(String embeddings) {
        return codec.decode(REQUEST, Fixtures.response(200, answer(embeddings)));
    }

    @Test
    void asksInTheApisWords() {
        EmbeddingRequest request = REQUEST.dimensions(256).extra(Map.of("truncate", "NONE"));

        assertThat(Json.read(codec.encode(request).body()))
                .isEqualTo(Json.read("{\"model\":\"e-1\",\"texts\":[\"a\",\"b\"],\"input_type\":\"search_document\","
                        + "\"embedding_types\":[\"float\"],\"output_dimension\":256,\"truncate\":\"NONE\"}"));
        assertThat(codec.encode(REQUEST).path()).isEqualTo("/v2/embed");
        assertThat(codec.encode(REQUEST).body()).isEqualTo(codec.encode(REQUEST).body());
        assertThat(codec.toString()).doesNotContain("k-1");
    }

    @ParameterizedTest
    @CsvSource({
        "QUERY, search_query",
        "DOCUMENT, search_document",
        "CLASSIFICATION, classification",
        "CLUSTERING, clustering",
        "SIMILARITY, clustering",
    })
    void saysWhatTheVectorsAreFor(EmbeddingPurpose purpose, String inputType) {
        assertThat(Json.read(codec.encode(REQUEST.purpose(purpose)).body())
                        .at("input_type")
                        .text())
                .isEqualTo(inputType);
    }

    @Test
    void readsVectorsOfWhateverType() {
        List<Embedding> vectors = List.of(Embedding.of(1f, 2f), Embedding.of(3f, -4f));

        assertThat(decode("{\"int8\":[[9,9],[9,9]],\"float\":[[1,2],[3,-4]]}").vectors())
                .isEqualTo(vectors);
        assertThat(decode("{\"new\":[[9]],\"int8\":[[1,2],[3,-4]]}").vectors()).isEqualTo(vectors);
        assertThat(decode("{\"base64\":[\"AACAPwAAAEA=\",\"AABAQAAAgMA=\"]}").vectors())
                .isEqualTo(vectors);
        assertThat(decode("[[1,2],[3,-4]]").vectors()).isEqualTo(vectors);
        assertThat(decode("[[1,2],[3,-4]]").usage()).isEqualTo(Usage.of(9, 0));
        assertThat(decode("[[1,2],[3,-4]]").model()).isEqualTo("e-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | MALFORMED_RESPONSE",
                "{\"embeddings\":{\"float\":[[]]}} | MALFORMED_RESPONSE",
                "{\"embeddings\":{\"new\":[[1]]}} | MALFORMED_RESPONSE",
                "{\"id\":\"1\",\"message\":\"the model is overloaded\"} | OVERLOADED",
            })
    void aSuccessWithoutVectorsIsAFailure(String body, ErrorCategory category) {
        LlmException failure =
                catchThrowableOfType(LlmException.class, () -> codec.decode(REQUEST, Fixtures.response(200, body)));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.retryable()).isEqualTo(category == ErrorCategory.OVERLOADED);
    }
}
