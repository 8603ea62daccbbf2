package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Message;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallRequest;
import org.junit.jupiter.api.Test;

class ExpectedTokensTest {

    private static final CompletionRequest PROMPT = CompletionRequest.builder()
            .system("1234")
            .user("12345678")
            .message(Message.assistant("1234"))
            .build();

    @Test
    void fourCharactersOfTheMessagesAreOneToken() {
        assertThat(ExpectedTokens.of(CallRequest.of(CallKind.COMPLETE, PROMPT))).isEqualTo(4);
        assertThat(ExpectedTokens.of(CallRequest.of(CallKind.STREAM, PROMPT))).isEqualTo(4);
    }

    @Test
    void theTextsOfAnEmbeddingCountTogether() {
        assertThat(ExpectedTokens.of(CallRequest.of(EmbeddingRequest.of("123456", "123456"))))
                .isEqualTo(3);
    }

    @Test
    void countingTokensUsesNone() {
        assertThat(ExpectedTokens.of(CallRequest.of(CallKind.COUNT_TOKENS, PROMPT)))
                .isZero();
    }
}
