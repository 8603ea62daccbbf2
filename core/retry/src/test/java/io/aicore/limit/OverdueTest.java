package io.aicore.limit;

import static io.aicore.limit.Circuits.acquire;
import static io.aicore.limit.Circuits.admits;
import static io.aicore.limit.Circuits.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A hanging provider is seen before its calls end (row 18). */
class OverdueTest {

    private static final Duration OVERDUE = Duration.ofSeconds(9); // 8 s, found up to a second late

    private final Circuits circuits = new Circuits();
    private final CircuitBreaker breaker = circuits.closedBreaker();

    @Test
    void opensWhenPendingCallsAreOverdue() {
        acquire(breaker, 10);
        circuits.pass(OVERDUE);
        assertThat(breaker.metrics().overdue()).isEqualTo(10);
        assertThat(admits(breaker)).isFalse();
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void callsAreNotOverdueBeforeTheirTime() {
        acquire(breaker, 10);
        circuits.pass(Duration.ofSeconds(8).minusNanos(1));
        assertThat(admits(breaker)).isTrue();
        assertThat(breaker.metrics().overdue()).isZero();
    }

    @Test
    void workThatIsRightlySilentIsNeverOverdue() {
        for (int i = 0; i < 100; i++) {
            breaker.protectSilent(Mono.never()).subscribe();
        }
        circuits.pass(Duration.ofMinutes(5));
        assertThat(admits(breaker)).isTrue();
        assertThat(breaker.metrics().overdue()).isZero();
        assertThat(breaker.metrics().pending()).isEqualTo(100);
    }

    @Test
    void aStreamTellsItsPermitThatItMayBeSilentOrIsAlive() {
        for (int i = 0; i < 50; i++) {
            breaker.protect(
                            permit -> {
                                permit.expectSilence(Duration.ofMinutes(5));
                                return Flux.never();
                            },
                            any -> true)
                    .subscribe();
            breaker.protect(
                            permit -> {
                                permit.firstByte();
                                return Flux.never();
                            },
                            any -> true)
                    .subscribe();
        }
        circuits.pass(Duration.ofMinutes(4));
        assertThat(admits(breaker)).isTrue();
        assertThat(breaker.metrics().overdue()).isZero();
        assertThat(breaker.metrics().pending()).isEqualTo(100);
    }

    @Test
    void aStreamThatIsMadeWithItsPermitIsJudgedLikeAnother() {
        for (int i = 0; i < 10; i++) {
            breaker.protect(permit -> Flux.error(new IOException("reset")), any -> true)
                    .subscribe(value -> {}, error -> {});
        }
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void silentWorkStillFailsAndSucceeds() {
        for (int i = 0; i < 10; i++) {
            breaker.protectSilent(Mono.error(new IOException("reset"))).subscribe(value -> {}, error -> {});
        }
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void opensByOverdueCallsWhenAnotherCallFails() {
        acquire(breaker, 9);
        Permit failing = breaker.tryAcquire();
        failing.firstByte();
        circuits.pass(OVERDUE);
        failing.failure();
        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void callsThatHeardAByteAreNotOverdue() {
        acquire(breaker, 100).forEach(Permit::firstByte);
        circuits.pass(Duration.ofMinutes(5));
        assertThat(admits(breaker)).isTrue();
        assertThat(breaker.metrics().overdue()).isZero();
        assertThat(breaker.metrics().pending()).isEqualTo(100);
    }

    @Test
    void anOverdueCallIsNotCountedAgainWhenItFails() {
        List<Permit> hanging = acquire(breaker, 9);
        circuits.pass(OVERDUE);
        assertThat(breaker.metrics().calls()).isEqualTo(9);
        hanging.forEach(Permit::failure);
        assertThat(breaker.metrics().calls()).isEqualTo(9);
        assertThat(breaker.metrics().overdue()).isZero();
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void anOverdueCallStaysCountedWhenItsCallerGivesUp() {
        List<Permit> hanging = acquire(breaker, 9);
        circuits.pass(OVERDUE);
        hanging.forEach(Permit::ignore);
        assertThat(breaker.metrics().calls()).isEqualTo(9);
        assertThat(breaker.metrics().failureRate()).isEqualTo(1);
    }

    @Test
    void aProviderThatIsSlowByNatureIsGivenMoreTime() {
        List<Permit> slow = acquire(breaker, 100);
        circuits.pass(Duration.ofSeconds(7));
        slow.forEach(Permit::success);
        acquire(breaker, 200);
        circuits.pass(Duration.ofSeconds(27));
        assertThat(admits(breaker)).isTrue();
        assertThat(breaker.metrics().overdue()).isZero();
        circuits.pass(Duration.ofSeconds(10));
        assertThat(admits(breaker)).isFalse();
    }

    @Test
    void successesOutweighAFewHangingCalls() {
        acquire(breaker, 5);
        circuits.pass(OVERDUE);
        succeed(breaker, 6);
        circuits.pass(Duration.ofSeconds(1));
        assertThat(admits(breaker)).isTrue();
        assertThat(breaker.metrics().failureRate()).isEqualTo(5.0 / 11);
    }

    @Test
    void callsThatStartedInManySecondsAddUp() {
        for (int i = 0; i < 10; i++) {
            acquire(breaker, 1);
            circuits.pass(Duration.ofSeconds(1));
        }
        assertThat(admits(breaker)).isTrue();
        circuits.pass(OVERDUE);
        assertThat(admits(breaker)).isFalse();
    }

    @Test
    void aSparseClientNeedNotWaitUntilTenAreOverdue() {
        for (int half = 0; half < 22; half++) {
            assertThat(admitsOneThatHangs()).as("after %s ms", 500 * half).isTrue();
            circuits.pass(Duration.ofMillis(500));
        }
        circuits.pass(Duration.ofMillis(500));
        assertThat(breaker.metrics().overdue()).isBetween(5L, 7L);
        assertThat(admits(breaker)).isFalse();
    }

    @Test
    void aFewOverdueCallsDecideNothingHoweverManyWait() {
        acquire(breaker, 4);
        circuits.pass(OVERDUE);
        acquire(breaker, 100);
        circuits.pass(Duration.ofSeconds(1));
        assertThat(breaker.metrics().overdue()).isEqualTo(4);
        assertThat(admits(breaker)).isTrue();
    }

    private boolean admitsOneThatHangs() {
        try {
            breaker.tryAcquire();
            return true;
        } catch (CallNotPermittedException refused) {
            return false;
        }
    }
}
