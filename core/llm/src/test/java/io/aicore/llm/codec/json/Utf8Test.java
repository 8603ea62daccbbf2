package io.aicore.llm.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class Utf8Test {

    /** The edges of the table, most of which a random byte would miss. */
    private static final List<Integer> EDGES = List.of(
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
            0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF);

    @Property(tries = 20_000)
    void isWhatTheDecoderOfTheLibraryTakes(@ForAll("sequences") byte[] bytes) {
        assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(decodes(bytes));
    }

    @Property(tries = 2_000)
    void isTheSameBehindAndBeforeOthers(@ForAll("sequences") byte[] bytes, @ForAll @IntRange(max = 17) int ascii) {
        byte[] among = Arrays.copyOf("x".repeat(ascii).getBytes(StandardCharsets.UTF_8), 2 * ascii + bytes.length);
        System.arraycopy(bytes, 0, among, ascii, bytes.length);
        assertThat(Utf8.isValid(among, 0, among.length)).isEqualTo(decodes(bytes));
    }

    @Property(tries = 2_000)
    void everyTextIsValid(@ForAll String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.isValid(bytes, 0, bytes.length)).isTrue();
    }

    @Provide
    Arbitrary<byte[]> sequences() {
        return Arbitraries.of(EDGES).list().ofMaxSize(6).map(list -> {
            byte[] bytes = new byte[list.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = list.get(i).byteValue();
            }
            return bytes;
        });
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
