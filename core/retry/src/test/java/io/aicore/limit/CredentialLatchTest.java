package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Rejected credentials have a latch of their own per key, never the circuit (row 25). */
class CredentialLatchTest {

    private static final Duration FAIL_FAST = Duration.ofSeconds(30);

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final CredentialLatch latch = CredentialLatch.of("host/key-1", 5, FAIL_FAST, clock);

    @Test
    void callsFailFastAfterFiveRejectionsInARow() {
        reject(4);
        assertThat(latch.isLatched()).isFalse();
        reject(1);
        assertThat(latch.isLatched()).isTrue();
        clock.advanceTimeBy(Duration.ofSeconds(10));
        CredentialRejectedException refusal =
                catchThrowableOfType(CredentialRejectedException.class, latch::tryAcquire);
        assertThat(refusal.name()).isEqualTo("host/key-1");
        assertThat(refusal.since()).isEqualTo(Duration.ofSeconds(10));
        assertThat(refusal.untilNextTry()).isEqualTo(Duration.ofSeconds(20));
        assertThat(refusal.getStackTrace()).isEmpty();
        assertThat(refusal)
                .hasMessage("the credential of 'host/key-1' has been rejected for 10 s (next try in 20 s):"
                        + " check the key and its permissions");
    }

    @Test
    void anotherAnswerInBetweenStartsTheCountAgain() {
        reject(4);
        latch.tryAcquire().accepted();
        reject(4);
        assertThat(latch.isLatched()).isFalse();
    }

    @Test
    void cancelledCallsInBetweenDoNot() {
        reject(4);
        latch.tryAcquire().ignore();
        reject(1);
        assertThat(latch.isLatched()).isTrue();
    }

    @Test
    void oneCallIsLetThroughAfterTheTime() {
        latched();
        clock.advanceTimeBy(FAIL_FAST);
        latch.tryAcquire();
        assertRefused();
    }

    @Test
    void anyOtherAnswerOpensTheWay() {
        latched();
        clock.advanceTimeBy(FAIL_FAST);
        latch.tryAcquire().accepted();
        assertThat(latch.isLatched()).isFalse();
        reject(4);
        assertThat(latch.isLatched()).isFalse();
    }

    @Test
    void anotherRejectionLatchesForAsLongAgain() {
        latched();
        clock.advanceTimeBy(FAIL_FAST);
        CredentialPass trial = latch.tryAcquire();
        clock.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(trial.rejected()).isTrue();
        assertThat(trial.accepted()).isFalse();
        clock.advanceTimeBy(FAIL_FAST.minusNanos(1));
        assertRefused();
        clock.advanceTimeBy(Duration.ofNanos(1));
        latch.tryAcquire();
    }

    @Test
    void aCancelledTryGivesItsLeaseBack() {
        latched();
        clock.advanceTimeBy(FAIL_FAST);
        latch.tryAcquire().ignore();
        latch.tryAcquire().accepted();
        assertThat(latch.isLatched()).isFalse();
    }

    @Test
    void aLostTryPassesToTheNextCall() {
        latched();
        clock.advanceTimeBy(FAIL_FAST);
        CredentialPass lost = latch.tryAcquire();
        clock.advanceTimeBy(FAIL_FAST);
        latch.tryAcquire();
        lost.rejected();
        lost.ignore();
        assertRefused();
    }

    @Test
    void lateRejectionsDoNotProlongIt() {
        CredentialPass late = latch.tryAcquire();
        latched();
        clock.advanceTimeBy(FAIL_FAST);
        late.rejected();
        latch.tryAcquire().accepted();
        assertThat(latch.isLatched()).isFalse();
    }

    @Test
    void protectsAPublisher() {
        Mono<String> unauthorized = latch.protect(Mono.error(new SecurityException("401")), CredentialLatchTest::read);
        for (int i = 0; i < 5; i++) {
            StepVerifier.create(unauthorized).verifyErrorMessage("401");
        }
        StepVerifier.create(unauthorized).verifyError(CredentialRejectedException.class);
        clock.advanceTimeBy(FAIL_FAST);
        StepVerifier.create(latch.protect(Flux.never(), CredentialLatchTest::read))
                .expectSubscription()
                .thenCancel()
                .verify();
        StepVerifier.create(latch.protect(Mono.just("answer"), CredentialLatchTest::read))
                .expectNext("answer")
                .verifyComplete();
        assertThat(latch.isLatched()).isFalse();
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> CredentialLatch.of("key", 0, FAIL_FAST, clock))
                .hasMessage("threshold: 0 (expected: >= 1)");
        assertThatThrownBy(() -> CredentialLatch.of("key", 1, Duration.ZERO, clock))
                .hasMessage("failFast: PT0S (expected: > 0)");
    }

    private static Outcome read(Throwable error) {
        return error instanceof SecurityException ? Outcome.FAILURE : Outcome.IGNORED;
    }

    private void latched() {
        reject(5);
        assertThat(latch.isLatched()).isTrue();
    }

    private void reject(int times) {
        for (int i = 0; i < times; i++) {
            latch.tryAcquire().rejected();
        }
    }

    private void assertRefused() {
        assertThatThrownBy(latch::tryAcquire).isInstanceOf(CredentialRejectedException.class);
    }
}
