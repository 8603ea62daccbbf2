package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.AsciiString;
import org.junit.jupiter.api.Test;

class HeaderNamesTest {

    private final HeaderNames names = new HeaderNames();

    @Test
    void namesAreInLowerCaseHoweverTheyCome() {
        assertThat(names.lower("Content-Type")).isEqualTo("content-type");
        assertThat(names.lower(new AsciiString("Content-Type"))).isEqualTo("content-type");
        assertThat(names.lower(new AsciiString("content-type"))).isEqualTo("content-type");
    }

    @Test
    void aNameThatComesAgainIsTheSameText() {
        String first = names.lower(new AsciiString("X-Request-Id"));

        assertThat(names.lower(new AsciiString("X-Request-Id"))).isSameAs(first);
    }

    @Test
    void aHostWithNamesOfItsOwnForEachResponseFillsNoMemory() {
        for (int i = 0; i < HeaderNames.MOST_KEPT; i++) {
            names.lower(new AsciiString("x-" + i));
        }
        AsciiString oneTooMany = new AsciiString("x-late");

        assertThat(names.lower(oneTooMany)).isEqualTo("x-late").isNotSameAs(names.lower(new AsciiString("x-late")));
        assertThat(names.lower(new AsciiString("x-0"))).isSameAs(names.lower(new AsciiString("x-0")));
    }
}
