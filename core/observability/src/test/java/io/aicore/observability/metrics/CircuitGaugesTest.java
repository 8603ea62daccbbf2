package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.retry.RetrySettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The state of circuits as gauges. */
class CircuitGaugesTest extends MeteredCalls {

    @Test
    void aCircuitShowsItsState() {
        ScriptedCalls provider = provider(config -> config.circuitSettings(
                                CircuitSettings.defaults().minimumCalls(1))
                        .retrySettings(RetrySettings.defaults().maxRetries(0)))
                .answers()
                .fails(ScriptedCalls.overloaded())
                .fails(ScriptedCalls.overloaded());

        drain(provider.complete("why"));
        assertThat(List.of(circuit("closed"), circuit("open"), circuit("half_open")))
                .containsExactly(1.0, 0.0, 0.0);

        drain(provider.complete("why").onErrorComplete());
        drain(provider.complete("why").onErrorComplete());
        assertThat(List.of(circuit("closed"), circuit("open"), circuit("half_open")))
                .containsExactly(0.0, 1.0, 0.0);
    }

    @Test
    void aCircuitThatWasMadeAnewTakesThePlaceOfTheOld() {
        CircuitBreaker old = CircuitBreaker.of("circuit", CircuitSettings.defaults());
        CircuitBreaker anew =
                CircuitBreaker.of("circuit", CircuitSettings.defaults().minimumCalls(1));
        begin(old);
        begin(anew);

        anew.tryAcquire().failure();

        assertThat(anew.state()).isEqualTo(io.aicore.limit.CircuitState.OPEN);
        assertThat(circuit("open")).isEqualTo(1);
    }
}
