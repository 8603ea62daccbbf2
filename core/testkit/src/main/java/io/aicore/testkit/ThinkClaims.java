package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What open models think aloud, at hosts that do not know them. */
interface ThinkClaims extends Claims {

    List<String> PIECES = List.of(" <th", "ink> Is ", "1 < 2?", " </thi", "nk> ", " Hel", "lo <think>");
    String WRITTEN = String.join("", PIECES);

    @Test
    default void aThinkBlockBeforeTheAnswerIsItsReasoning() {
        LlmProvider provider = rig().retrying();

        assertThinks(plain(provider), fixture().thinkBlocks());
        if (can(Capability.STREAMING)) {
            assertThinks(streamed(provider), fixture().thinkBlocks());
        }
    }

    @Test
    default void anOptionLeavesAThinkBlockInTheText() {
        if (fixture().thinkBlocks()) {
            LlmProvider provider = rig().provider(config -> config.option("think_blocks", "text"));

            assertThinks(plain(provider), false);
            assertThinks(streamed(provider), false);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> rig().provider(config -> config.option("think_blocks", "no")))
                    .withMessage("options.think_blocks: 'no' (expected: reasoning or text)");
        }
    }

    private Completion plain(LlmProvider provider) {
        rig().server().then(plain(Reply.of(WRITTEN)));
        return Rig.get(provider.complete(request()));
    }

    private Completion streamed(LlmProvider provider) {
        rig().server().then(rig().stream(fixture().stream(Reply.of(PIECES.toArray(String[]::new)))));
        return Rig.fold(provider.stream(request()));
    }

    private static void assertThinks(Completion answer, boolean thinks) {
        assertThat(answer.text()).isEqualTo(thinks ? "Hello <think>" : WRITTEN);
        assertThat(answer.reasoning()).isEqualTo(thinks ? "Is 1 < 2?" : null);
        assertThat(answer.usage()).isNotNull();
    }
}
