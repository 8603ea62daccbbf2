package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorReaderTest {

    private final VectorReader reader = new VectorReader(new JsonAnswer(
            new ErrorClassifier("acme"), "m", new WireResponse(200, WireHeaders.EMPTY, new byte[0], Instant.EPOCH)));

    @Test
    void readsNumbersAndBase64() {
        assertThat(reader.listed(Json.read("[[1,-0.5],[0.25]]")))
                .containsExactly(Embedding.of(1f, -0.5f), Embedding.of(0.25f));
        // 1.0 and -2.0, the least significant byte first.
        assertThat(reader.vector(Json.read("\"AACAPwAAAMA=\""))).isEqualTo(Embedding.of(1f, -2f));
    }

    @Test
    void theIndexCountsNotThePlace() {
        assertThat(reader.indexed(Json.read("[{\"index\":1,\"embedding\":[2]},{\"index\":0,\"embedding\":[1]}]")))
                .containsExactly(Embedding.of(1f), Embedding.of(2f));
        assertThat(reader.indexed(Json.read("[{\"embedding\":[1]},{\"embedding\":[2]}]")))
                .containsExactly(Embedding.of(1f), Embedding.of(2f));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[[]]",
                "[1]",
                "[[1,\"x\"]]",
                "[[1,null]]",
                "[[1e60]]",
                "[\"%%%\"]",
                "[\"AACA\"]",
                "[{\"embedding\":[1]}]"
            })
    void whatIsNoVectorIsMalformed(String vectors) {
        LlmException failure = catchThrowableOfType(LlmException.class, () -> reader.listed(Json.read(vectors)));

        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        // It would be answered the same, and billed again.
        assertThat(failure.retryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[{\"index\":1,\"embedding\":[1]}]",
                "[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]",
                "[{\"index\":0,\"embedding\":[1]},{\"index\":2,\"embedding\":[1]}]"
            })
    void indicesWithGapsOrTwiceAreMalformed(String vectors) {
        assertThat(catchThrowableOfType(LlmException.class, () -> reader.indexed(Json.read(vectors)))
                        .category())
                .isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
    }
}
