package io.aicore.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.aicore.llm.codec.wire.Framing;
import io.aicore.llm.codec.wire.WireEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventFramesTest {

    private static final WireEvent TEXT = new WireEvent("contentBlockDelta", "{\"delta\":{\"text\":\"Grüße 🌍\"}}");
    private static final byte[] FRAME = new Frame().frame(TEXT);

    private static Framing framing(int maxBytes) {
        return new EventStream().framing(maxBytes, () -> new IllegalStateException("too long"));
    }

    private static byte[] all(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static List<WireEvent> byteAfterByte(Framing framing, byte[] bytes) {
        List<WireEvent> events = new ArrayList<>();
        for (byte b : bytes) {
            events.addAll(framing.feed(new byte[] {b}));
        }
        return events;
    }

    @Test
    void aFrameWithoutHeadersIsPassedOver() {
        // Its checksums are worked out bit by bit.
        byte[] frame = HexFormat.of()
                .parseHex("0000001200000000" + "%08x".formatted(crc("0000001200000000")) + "7b7d"
                        + "%08x"
                                .formatted(
                                        crc("0000001200000000" + "%08x".formatted(crc("0000001200000000")) + "7b7d")));

        assertThat(framing(1_000).feed(all(frame, FRAME))).containsExactly(TEXT);
    }

    private static int crc(String hex) {
        // Bit by bit, as the polynomial says.
        int crc = -1;
        for (byte b : HexFormat.of().parseHex(hex)) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
            }
        }
        return ~crc;
    }

    @Test
    void framesMayBeCutAnywhere() {
        byte[] bytes = all(FRAME, Frame.exception("throttlingException", "{}"), Frame.error("Busy", "later"), FRAME);
        WireEvent[] expected = {
            TEXT, new WireEvent(":exception:throttlingException", "{}"), new WireEvent(":error:Busy", "later"), TEXT
        };

        assertThat(framing(1_000).feed(bytes)).containsExactly(expected);
        assertThat(byteAfterByte(framing(1_000), bytes)).containsExactly(expected);
    }

    @Test
    void aFrameThatTheEndCutsIsDropped() {
        for (int length = 0; length < FRAME.length; length++) {
            Framing framing = framing(1_000);

            assertThat(framing.feed(Arrays.copyOf(FRAME, length))).isEmpty();
            assertThat(framing.finish()).isEmpty();
        }
    }

    @Test
    void anyWrongBitIsToldAndEndsTheReading() {
        for (int bit = 0; bit < FRAME.length * 8; bit++) {
            byte[] wrong = FRAME.clone();
            wrong[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThat(framing(1_000).feed(all(wrong, FRAME)))
                    .as("bit %d", bit)
                    .extracting(WireEvent::type)
                    .containsExactly(EventStream.BROKEN);
        }
    }

    @Test
    void aFrameOverTheLimitFailsBeforeItIsHeld() {
        byte[] beginning = Arrays.copyOf(FRAME, 12);

        assertThatIllegalStateException()
                .isThrownBy(() -> framing(FRAME.length - 1).feed(beginning));
        assertThat(framing(FRAME.length).feed(FRAME)).containsExactly(TEXT);
    }

    @Test
    void lengthsThatNoFrameCanHaveAreBroken() {
        ByteBuffer prelude = ByteBuffer.allocate(12).putInt(15).putInt(0);
        prelude.putInt(crc(HexFormat.of().formatHex(prelude.array(), 0, 8)));

        assertThat(framing(1_000).feed(prelude.array()))
                .extracting(WireEvent::type)
                .containsExactly(EventStream.BROKEN);
    }

    @Test
    void framesOfAnotherKindAreNoNews() {
        assertThat(framing(1_000).feed(Frame.of(Map.of(":message-type", "of tomorrow"), "{}")))
                .isEmpty();
        assertThat(framing(1_000).feed(Frame.of(Map.of(), "{}"))).isEmpty();
    }

    @Test
    void aTypeThatIsNoTextIsBroken() {
        byte[] bool = HexFormat.of()
                .parseHex("0d" + HexFormat.of().formatHex(":message-type".getBytes(StandardCharsets.US_ASCII)) + "00");

        assertThat(framing(1_000).feed(Frame.of(bool, new byte[0])))
                .extracting(WireEvent::type)
                .containsExactly(EventStream.BROKEN);
    }

    @Test
    void isToldByItsMediaType() {
        assertThat(new EventStream().matches("application/vnd.amazon.eventstream"))
                .isTrue();
        assertThat(new EventStream().matches("text/event-stream")).isFalse();
    }
}
