package io.aicore.ollama;

import static io.aicore.ollama.Fixtures.endpoint;
import static io.aicore.ollama.Fixtures.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireRequest;
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
            EmbeddingRequest.of("sun", "rain").model("embed-small");
    private static final OllamaEmbeddings CODEC = new OllamaEmbeddings(endpoint("/api/embed"));

    private static LlmException failure(String body) {
        return catchThrowableOfType(LlmException.class, () -> CODEC.decode(REQUEST, response(200, body)));
    }

    @Test
    void asksForVectors() {
        WireRequest plain = CODEC.encode(REQUEST);
        WireRequest full = CODEC.encode(
                REQUEST.dimensions(8).purpose(EmbeddingPurpose.QUERY).extra(Map.of("truncate", false)));

        assertThat(plain.path()).isEqualTo("/api/embed");
        assertThat(Json.read(plain.body()))
                .isEqualTo(Json.read("{\"model\":\"embed-small\",\"input\":[\"sun\",\"rain\"]}"));
        assertThat(Json.read(full.body()))
                .isEqualTo(
                        Json.read(
                                "{\"model\":\"embed-small\",\"input\":[\"sun\",\"rain\"],\"dimensions\":8,\"truncate\":false}"));
    }

    @Test
    void readsVectors() {
        Embeddings answer = CODEC.decode(
                REQUEST,
                response(
                        200,
                        "{\"model\":\"embed-small:v1\",\"embeddings\":[[0.5,-1],[2,3e-1]],\"load_duration\":9,"
                                + "\"prompt_eval_count\":6}"));

        assertThat(answer)
                .isEqualTo(Embeddings.of(
                        "embed-small:v1", List.of(Embedding.of(0.5f, -1f), Embedding.of(2f, 0.3f)), Usage.of(6, 0)));
        assertThat(CODEC.decode(REQUEST, response(200, "{\"embeddings\":[[1]]}"))
                        .usage())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"embeddings\":[[1  | not_json",
                "{\"embedding\":[1]}  | no_vectors",
                "{\"embeddings\":[[]]} | no_vectors",
                "{\"embeddings\":[1]} | no_vectors",
                "{\"embeddings\":[[1,null]]} | no_vectors",
            })
    void whatIsNoVectorIsAskedForOnceUnlessItIsCut(String body, String code) {
        assertThat(failure(body).code()).isEqualTo(code);
        assertThat(failure(body).retryable()).isEqualTo(code.equals("not_json"));
    }

    @Test
    void errorsHaveTheirKind() {
        assertThat(CODEC.classify(REQUEST, response(400, Fixtures.error("the input length exceeds the context length")))
                        .category())
                .isEqualTo(ErrorCategory.CONTEXT_LENGTH);
        assertThat(failure(Fixtures.error("model 'x' not found")).category()).isEqualTo(ErrorCategory.NOT_FOUND);
    }
}
