package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Vectors over real sockets, through the whole road. */
class EmbeddingsOnTheRoadTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FaultServer server = FaultServer.start();
    private final LlmProvider provider = Llm.from(LlmConfig.builder()
            .provider("voyage")
            .apiKey("pa-secret-1")
            .model("m-1")
            .embeddingModel("e-1")
            .baseUrl(server.url("/v1"))
            .retrySettings(retry -> retry.maxRetries(1).initialDelay(Duration.ofMillis(1)))
            .build());

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    private static String answer(int value) {
        return "{\"data\":[{\"index\":0,\"embedding\":[" + value + "]}],\"usage\":{\"total_tokens\":3}}";
    }

    @Test
    void aBatchThatIsTooLargeIsHalvedAndABusyHostAskedAgain() {
        server.then(Scripts.json(400, "{\"detail\":\"The max allowed tokens per submitted batch is 9.\"}"))
                .then(Scripts.json(503, ""))
                .then(Scripts.json(200, answer(1)))
                .then(Scripts.json(200, answer(2)));

        Embeddings answer = provider.embed("tea", "coffee").block(PATIENCE);

        assertThat(answer.vectors()).containsExactly(Embedding.of(1), Embedding.of(2));
        assertThat(answer.usage()).isEqualTo(Usage.of(6, 0));
        assertThat(server.call(1).path()).isEqualTo("/v1/embeddings");
        assertThat(server.call(1).header("authorization")).isEqualTo("Bearer pa-secret-1");
        assertThat(server.call(4).text()).contains("\"input\":[\"coffee\"]");
    }

    @Test
    void aHostOfVectorsAloneSaysSo() {
        LlmException failure = catchThrowableOfType(
                LlmException.class, () -> provider.complete("hello").block(PATIENCE));

        assertThat(failure).hasMessageContaining("voyage does not support completions");
        assertThat(server.calls()).isZero();
    }
}
