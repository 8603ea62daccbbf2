package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeliveryTrackerTest {

    private final DeliveryTracker transit = new DeliveryTracker(new NumberedCodec()
            .streamDecoder(
                    CompletionRequest.of("hello"),
                    new WireResponse(200, WireHeaders.EMPTY, new byte[0], Instant.EPOCH)));

    private int decode(String data) {
        return transit.decode(new WireEvent(null, data)).size();
    }

    @Test
    void goesOnAfterTheLastChunkThatArrived() {
        decode("1:a");
        transit.arrived();

        assertThat(transit.rest()).isNull();
        assertThat(transit.stop()).isTrue();
        assertThat(transit.stop()).isTrue();
        assertThat(transit.rest().path()).isEqualTo("/rest?after=1");
    }

    @Test
    void doesNotGoOnWhenAChunkWasLostOnItsWay() {
        decode("1:a");

        assertThat(transit.stop()).isFalse();
        assertThat(transit.rest()).isNull();
    }

    @Test
    void decodesNothingMoreOnceItHasStopped() {
        decode("1:a");
        transit.arrived();
        transit.stop();

        assertThat(decode("2:b")).isZero();
        assertThat(transit.rest().path()).isEqualTo("/rest?after=1");
    }

    @Test
    void eventsWithoutNewsAreNeverOnTheirWay() {
        assertThat(decode("0:")).isZero();
        assertThat(decode("1:a")).isOne();
        transit.arrived();

        assertThat(transit.stop()).isTrue();
    }

    @Test
    void anEventThatIsAFailureIsNotOnItsWay() {
        decode("0:");
        assertThat(catchThrowable(() -> decode("BROKEN"))).isNotNull();

        assertThat(transit.stop()).isFalse();
        assertThat(transit.rest()).isNull();
    }
}
