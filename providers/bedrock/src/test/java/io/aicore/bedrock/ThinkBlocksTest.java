package io.aicore.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thoughts in the text: of open models and Amazon's, and not of Anthropic's. */
class ThinkBlocksTest {

    private static final String WRITTEN = "<thinking>Call it.</thinking>Hello";
    private static final WireResponse ANSWER = new WireResponse(
            200,
            WireHeaders.of(Map.of()),
            ("{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"" + WRITTEN
                            + "\"}]}},\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":1,\"outputTokens\":1}}")
                    .getBytes(StandardCharsets.UTF_8),
            Instant.EPOCH);

    @ParameterizedTest
    @CsvSource({
        "amazon.nova-lite-v1:0, , Hello",
        "eu.deepseek.r1-v1:0, , Hello",
        "anthropic.claude-sonnet-4-5-v1:0, , " + WRITTEN,
        "eu.anthropic.claude-sonnet-4-5-v1:0, , " + WRITTEN,
        "anthropic.claude-sonnet-4-5-v1:0, reasoning, Hello",
        "amazon.nova-lite-v1:0, text, " + WRITTEN,
    })
    void areReasoningByTheModelAndTheOption(String model, String option, String expected) {
        LlmConfigBuilder config = LlmConfig.builder().provider("bedrock").model(model);
        config = option == null ? config : config.option("think_blocks", option);

        Completion answer = BedrockProviderFactory.codec(config.build(), Map.of())
                .decode(CompletionRequest.builder().model(model).user("Hi").build(), ANSWER);

        assertThat(answer.text()).isEqualTo(expected);
    }
}
