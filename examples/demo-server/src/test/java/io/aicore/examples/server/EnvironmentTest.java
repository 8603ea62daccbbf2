package io.aicore.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    @Test
    void oursAndAVendorsKeyNameAProvider() {
        assertThat(Environment.namesProvider(Map.of("LLM_PROVIDER", "ollama"))).isTrue();
        assertThat(Environment.namesProvider(Map.of("GROQ_API_KEY", "key"))).isTrue();
    }

    @Test
    void nothingElseDoes() {
        assertThat(Environment.namesProvider(Map.of("LLM_MAX_RETRIES", "5", "PATH", "/bin", "LLM_PROVIDER", " ")))
                .isFalse();
    }
}
