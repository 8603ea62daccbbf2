package io.aicore.llm.codec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen to be a plain id is what the search for secrets would leave as it is. */
class PlainIdTest {

    /** A dot before it lets every text be searched, and is a border of words as its beginning is. */
    private static String searched(String text) {
        String code = SafeText.code("." + text);
        return code == null ? "" : code.substring(1);
    }

    @Property
    void aPlainIdIsWhatTheSearchLeaves(@ForAll("ids") String id) {
        assertThat(SafeText.code(id)).isEqualTo(searched(id));
    }

    @Provide
    Arbitrary<String> ids() {
        Arbitrary<String> words = Arbitraries.of("""
                req sk gsk hf key token chatcmpl 0123456789abcdef _ - z a 7 input""".split("\\s+"));
        return words.list().ofMinSize(1).ofMaxSize(5).map(parts -> String.join("", parts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "req_0123456789abcdef0123456789abcdef",
                "550e8400-e29b-41d4-a716-446655440000",
                "chatcmpl-9x2k",
                "desk-abcdefgh"
            })
    void anIdStaysAsItIs(String id) {
        assertThat(SafeText.code(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-abcdef123456",
                "req-sk_abcdef123456",
                "0123456789abcdef0123456789abcdef",
                "req-0123456789abcdef0123456789abcdef"
            })
    void aKeyIsRemoved(String id) {
        assertThat(SafeText.code(id)).contains("[removed]");
    }
}
