package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.error.MalformedResponseException;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyBufferTest {

    private static final int LIMIT = 2_000;

    private final TransportErrors faults =
            new TransportErrors("acme", "api.example", HttpSettings.defaults().maxResponseBytes(LIMIT));

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 1_500, 1_501, Long.MAX_VALUE})
    void theAnnouncedLengthIsOnlyAHint(long announced) {
        BodyBuffer body = new BodyBuffer(LIMIT, announced, faults);
        byte[] all = bytes(1_500);
        body.add(Unpooled.wrappedBuffer(all, 0, 700));
        body.add(all, 700, 1_500);
        assertThat(body.whole()).isEqualTo(all);
    }

    @Test
    void aBodyOfTheLimitFitsAndAByteMoreDoesNot() {
        BodyBuffer body = new BodyBuffer(LIMIT, -1, faults);
        body.add(bytes(LIMIT));
        assertThat(body.whole()).hasSize(LIMIT);
        assertThatThrownBy(() -> body.add(bytes(1)))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("larger than 2000 bytes (maxResponseBytes)");
    }

    @Test
    void whatExceedsTheLimitCanBeLeftOut() {
        BodyBuffer body = new BodyBuffer(LIMIT, 10, faults);
        assertThat(body.addWhatFits(bytes(1_999))).isTrue();
        assertThat(body.addWhatFits(bytes(2))).isFalse();
        assertThat(body.whole()).hasSize(LIMIT);
    }
}
