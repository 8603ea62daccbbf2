package io.aicore.llm.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

    @Test
    void aVectorCannotBeChangedFromOutside() {
        float[] given = {1, 2};
        Embedding vector = Embedding.of(given);
        given[0] = 9;
        vector.values()[1] = 9;

        assertThat(vector.values()).containsExactly(1, 2);
        assertThat(vector).isEqualTo(Embedding.of(1, 2)).hasToString("Embedding[2 dimensions]");
    }

    @Test
    void likenessIsTheCosine() {
        assertThat(Embedding.of(1, 0).cosineSimilarity(Embedding.of(0, 5))).isZero();
        assertThat(Embedding.of(1, 2).cosineSimilarity(Embedding.of(2, 4))).isCloseTo(1, within(1e-9));
        assertThat(Embedding.of(1, 2).cosineSimilarity(Embedding.of(-1, -2))).isCloseTo(-1, within(1e-9));
        assertThat(Embedding.of(0, 0).cosineSimilarity(Embedding.of(1, 1))).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Embedding.of(1).cosineSimilarity(Embedding.of(1, 2)))
                .withMessage("dimensions: 2 (expected: 1, like this one)");
    }

    @Test
    void aRequestThatNoProviderTakesFailsWhereItIsMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddingRequest.of())
                .withMessage("inputs: [] (expected: at least one text)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddingRequest.of("a", ""))
                .withMessage("inputs[1]: '' (expected: a text)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddingRequest.of("a").dimensions(0))
                .withMessage("dimensions: 0 (expected: >= 1)");
    }

    @Test
    void noTextShowsInARequest() {
        EmbeddingRequest request = EmbeddingRequest.of(List.of("the merger"))
                .model("m")
                .purpose(EmbeddingPurpose.QUERY)
                .metadata(Map.of("session", "s-1"))
                .extra(Map.of("user", "u-1"));
        assertThat(request)
                .hasToString("EmbeddingRequest[model=m, 1 inputs, dimensions=null, purpose=QUERY, metadata=[session],"
                        + " extra=[user]]");
    }
}
