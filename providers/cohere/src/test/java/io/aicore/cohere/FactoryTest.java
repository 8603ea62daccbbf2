package io.aicore.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import org.junit.jupiter.api.Test;

class FactoryTest {

    private static LlmConfigBuilder config() {
        return LlmConfig.builder().provider("cohere").model("m-1");
    }

    private static String create(LlmConfigBuilder config) {
        LlmProvider provider = Llm.from(config.build());
        provider.dispose();
        return provider.name();
    }

    @Test
    void isFoundByItsName() {
        assertThat(create(config().apiKey("k-1"))).isEqualTo("cohere");
    }

    @Test
    void aMissingKeyNamesBothVariables() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(config()))
                .withMessageContaining("LLM_API_KEY")
                .withMessageContaining("COHERE_API_KEY");
    }

    @Test
    void aGatewayOrAHeaderMayStandForTheKey() {
        assertThat(create(config().baseUrl("http://127.0.0.1:1"))).isEqualTo("cohere");
        assertThat(create(config().header("Authorization", "Bearer mine"))).isEqualTo("cohere");
    }

    @Test
    void thereAreNoOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(config().apiKey("k-1").option("safety_mode", "OFF")))
                .withMessageContaining("options.safety_mode: unknown");
    }
}
