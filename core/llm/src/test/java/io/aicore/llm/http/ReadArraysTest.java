package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadArraysTest {

    private final ReadArrays arrays = new ReadArrays();

    @Test
    void anArrayThatCameBackIsUsedAgain() {
        byte[] first = arrays.take(10);
        assertThat(arrays.take(10)).isNotSameAs(first);
        arrays.give(first);
        assertThat(arrays.take(ReadArrays.LENGTH)).isSameAs(first).hasSize(ReadArrays.LENGTH);
    }

    @Test
    void aLongReadHasAnArrayOfItsOwnThatIsNotKept() {
        byte[] large = arrays.take(ReadArrays.LENGTH + 1);
        assertThat(large).hasSize(ReadArrays.LENGTH + 1);
        arrays.give(large);
        assertThat(arrays.take(1)).hasSize(ReadArrays.LENGTH);
    }

    @Test
    void atMostSixteenAreKept() {
        byte[][] taken = new byte[17][];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = arrays.take(1);
            taken[i][0] = (byte) (i + 1);
        }
        for (byte[] array : taken) {
            arrays.give(array);
        }
        for (int i = 0; i < 16; i++) {
            assertThat(arrays.take(1)).isIn((Object[]) taken);
        }
        assertThat(arrays.take(1)).isNotIn((Object[]) taken);
    }
}
