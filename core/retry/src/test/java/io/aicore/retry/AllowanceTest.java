package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionCall;
import io.aicore.limit.AdmissionLane;
import io.aicore.limit.AdmissionRejectedException;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.AttemptOutcome;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.ConcurrencySettings;
import io.aicore.limit.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** One call has one allowance and one deadline, for its attempts in admission and between them. */
class AllowanceTest {

    private final Trial trial = new Trial();
    private final CircuitBreaker circuit = CircuitBreaker.of(
            "model",
            CircuitSettings.defaults()
                    .openTime(Duration.ofSeconds(4))
                    .maxOpenTime(Duration.ofSeconds(4))
                    .maxWait(Duration.ofSeconds(6)),
            trial.time,
            () -> 0.5);
    private final AdmissionLane lane = Admission.of(
                    "provider", AdmissionSettings.standard(), ConcurrencySettings.unlimited(), trial.time, () -> 0.5)
            .lane("key", circuit);
    private final RetryOnFailure retry = trial.retry().circuitBreaker(circuit);

    private Mono<String> attempt(Object... outcomes) {
        return lane.protect(trial.script(outcomes), error -> AttemptOutcome.of(CircuitBreaker.defaultOutcome(error)));
    }

    private void breakCircuit() {
        for (int i = 0; i < circuit.settings().minimumCalls(); i++) {
            circuit.tryAcquire().end(Outcome.FAILURE);
        }
    }

    private void closeGate(Duration time) {
        lane.tryAdmit(AdmissionCall.create(), false).end(AttemptOutcome.limited(time));
    }

    @Test
    void whatTheFirstAttemptWaitedForTheCircuitIsLessForTheRetry() {
        breakCircuit();
        // The first attempt is the probe after 4 s of the 6, and fails; the next probe would be 3 s after the backoff.
        Trial.Outcome<String> outcome = trial.run(retry.protect(attempt(Trial.reset(), "late")));
        trial.pass(5);

        assertThat(outcome.error).isInstanceOf(java.io.IOException.class);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.CIRCUIT_OPEN);
        assertThat(trial.starts).containsExactly(Duration.ofSeconds(4));
    }

    @Test
    void theAttemptsOfAPlainRetryWhenAreOneCallFromTheSecondOn() {
        List<AdmissionCall> asking = new ArrayList<>();
        Mono<String> script = trial.script(Trial.reset(), Trial.reset(), "third");
        Mono<String> seen = Mono.deferContextual(context -> {
            asking.add(AdmissionCall.from(context));
            return script;
        });
        Trial.Outcome<String> outcome = trial.finish(seen.retryWhen(trial.retry()));

        assertThat(outcome.values).containsExactly("third");
        assertThat(asking.get(2)).isSameAs(asking.get(1));
    }

    @Test
    void anInnerCallIsNotMadeToWaitPastItsOwnDeadline() {
        closeGate(Duration.ofSeconds(4));
        RetryOnFailure inner = trial.silentRetry(Trial.settings().deadline(Duration.ofSeconds(2)));
        Trial.Outcome<String> outcome = trial.run(
                trial.retry(Trial.settings().deadline(Duration.ofMinutes(1))).protect(inner.protect(attempt("late"))));

        assertThat(outcome.error)
                .isInstanceOfSatisfying(
                        AdmissionRejectedException.class,
                        rejected -> assertThat(rejected.bound()).isEqualTo(AdmissionRejectedException.Bound.DEADLINE));
        assertThat(trial.attempts).isEmpty();
    }

    @Test
    void anInnerCallIsNotMadeToWaitPastTheDeadlineOfTheOuterOne() {
        closeGate(Duration.ofSeconds(4));
        RetryOnFailure inner = trial.silentRetry(Trial.settings().deadline(Duration.ofMinutes(1)));
        Trial.Outcome<String> outcome = trial.run(
                trial.retry(Trial.settings().deadline(Duration.ofSeconds(2))).protect(inner.protect(attempt("late"))));

        assertThat(outcome.error).isInstanceOf(AdmissionRejectedException.class);
        assertThat(trial.attempts).isEmpty();
    }
}
