package io.aicore.examples.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.limit.CallNotPermittedException;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.CircuitState;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FetchPriceTest {

    @Test
    void theMainRuns() throws IOException {
        FetchPrice.main();
    }

    @Test
    void retriesWhatMayPass() throws IOException {
        try (PriceService service = PriceService.that(503, 500, 200)) {
            assertThat(new FetchPrice(service.address()).price().block()).isEqualTo("42");
            assertThat(service.requests()).isEqualTo(3);
        }
    }

    @Test
    void waitsAsLongAsTheServerSays() throws IOException {
        try (PriceService service = PriceService.that(429, 200)) {
            var timed = new FetchPrice(service.address()).price().elapsed().block();
            assertThat(timed.getT1()).isBetween(1000L, 10_000L);
        }
    }

    @Test
    void leavesTheRestAlone() throws IOException {
        try (PriceService service = PriceService.that(404)) {
            FetchPrice prices = new FetchPrice(service.address());
            assertThatThrownBy(() -> prices.price().block())
                    .isInstanceOf(BadStatus.class)
                    .hasMessage("status 404");
            assertThat(service.requests()).isEqualTo(1);
        }
    }

    @Test
    void stopsAskingAServiceThatIsDown() throws IOException {
        try (PriceService service = PriceService.that(503)) {
            FetchPrice prices = new FetchPrice(service.address());
            CircuitSettings settings = CircuitSettings.defaults();
            prices.circuit().settings(settings.minimumCalls(4).openTime(Duration.ofMinutes(5)));

            assertThatThrownBy(() -> prices.price().block()).isInstanceOf(BadStatus.class);
            assertThat(prices.circuit().state()).isEqualTo(CircuitState.OPEN);
            assertThatThrownBy(() -> prices.price().block()).isInstanceOf(CallNotPermittedException.class);
            assertThat(service.requests()).isEqualTo(4);
        }
    }
}
