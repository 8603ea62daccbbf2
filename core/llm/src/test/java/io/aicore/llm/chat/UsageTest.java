package io.aicore.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {

    @Test
    void sumsOfHugeCountsStayHuge() {
        Usage huge = new Usage(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(huge.totalTokens()).isEqualTo(Long.MAX_VALUE);
        assertThat(huge.plus(Usage.of(1, 1))).isEqualTo(huge);
        assertThat(Usage.of(1, 2).plus(Usage.of(3, 4))).isEqualTo(Usage.of(4, 6));
    }
}
