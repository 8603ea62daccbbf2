package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** Which failures are retried, and how often. */
class DecisionTest {

    private final Trial trial = new Trial();

    static Stream<Throwable> transientFailures() {
        return Stream.of(
                new IOException("reset"),
                new SocketTimeoutException("read"),
                new TimeoutException("late"),
                new UncheckedIOException(new IOException("reset")),
                new IllegalStateException(new IOException("reset")));
    }

    @ParameterizedTest
    @MethodSource("transientFailures")
    void ioFailuresAndTimeoutsAreRetriedByDefault(Throwable failure) {
        Trial.Outcome<String> outcome = trial.finish(trial.retry().protect(trial.script(failure, "fine")));
        assertThat(outcome.values).containsExactly("fine");
        assertThat(trial.attempts).hasSize(2);
    }

    static Stream<Throwable> mistakes() {
        return Stream.of(
                new NullPointerException(),
                new IllegalArgumentException(),
                new ClassCastException(),
                new AssertionError());
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void programmerErrorsAreNeverRetried(Throwable mistake) {
        Trial.Outcome<String> outcome = trial.finish(trial.retry().protect(trial.script(mistake, "fine")));
        assertThat(outcome.error).isSameAs(mistake);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
        assertThat(trial.attempts).hasSize(1);
    }

    @Test
    void maxRetriesCountsTheRetriesAfterTheFirstAttempt() {
        Trial.Outcome<String> outcome = trial.finish(trial.retry().protect(trial.script(Trial.reset())));
        assertThat(trial.starts)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(7));
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.RETRIES_EXHAUSTED);
    }

    @Test
    void noRetriesIsASingleAttempt() {
        RetryOnFailure retry = trial.retry(Trial.settings().maxRetries(0));
        Trial.Outcome<String> outcome = trial.finish(retry.protect(trial.script(Trial.reset(), "fine")));
        assertThat(trial.attempts).hasSize(1);
        assertThat(outcome.history().why()).isEqualTo("no retries allowed (maxRetries: 0)");
    }

    @Test
    void retryOnNarrowsToTheseKindsAndTheirCauses() {
        RetryOnFailure retry = trial.retry().retryOn(FileNotFoundException.class, TimeoutException.class);
        Throwable wrapped = new RuntimeException(new TimeoutException());
        Trial.Outcome<String> outcome =
                trial.finish(retry.protect(trial.script(wrapped, new IOException("other kind"), "fine")));
        assertThat(trial.attempts).hasSize(2);
        assertThat(outcome.history().why()).isEqualTo("not among retryOn(FileNotFoundException, TimeoutException)");
    }

    @Test
    void retryOnMakesItsKindsRetryableWhenThereIsNoOwnClassifier() {
        RetryOnFailure retry = trial.retry().retryOn(IllegalStateException.class);
        assertThat(trial.finish(retry.protect(trial.script(new IllegalStateException(), "fine"))).values)
                .containsExactly("fine");
    }

    @Test
    void retryOnDoesNotOverruleAnOwnClassifier() {
        RetryOnFailure retry = trial.retry()
                .classifier(error -> Failure.permanent("wrong key"))
                .retryOn(IllegalStateException.class);
        Trial.Outcome<String> outcome = trial.finish(retry.protect(trial.script(new IllegalStateException(), "fine")));
        assertThat(outcome.history().why()).isEqualTo("wrong key");
        assertThat(trial.attempts).hasSize(1);
    }

    @Test
    void giveUpOnAlwaysWins() {
        RetryOnFailure retry = trial.retry()
                .classifier(error -> Failure.retryable("busy"))
                .retryOn(IOException.class)
                .giveUpOn(FileNotFoundException.class);
        Throwable wrapped = new IOException(new FileNotFoundException());
        Trial.Outcome<String> outcome = trial.finish(retry.protect(trial.script(Trial.reset(), wrapped, "fine")));
        assertThat(outcome.error).isSameAs(wrapped);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
        assertThat(outcome.history().why()).isEqualTo("giveUpOn(FileNotFoundException): busy");
    }

    @Test
    void predicatesAreAskedOfTheErrorAndItsCauses() {
        RetryOnFailure retry = trial.retry()
                .retryOn(error -> "yes".equals(error.getMessage()))
                .giveUpOn(error -> "no".equals(error.getMessage()));
        Throwable yes = new RuntimeException("outer", new RuntimeException("yes"));
        Throwable both = new RuntimeException("yes", new RuntimeException("no"));
        Trial.Outcome<String> outcome = trial.finish(retry.protect(trial.script(yes, yes, both, "fine")));
        assertThat(trial.attempts).hasSize(3);
        assertThat(outcome.error).isSameAs(both);
    }

    @Test
    void kindsAreNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trial.retry().retryOn())
                .withMessage("retryOn: nothing (expected: at least one kind of failure)");
    }

    @Test
    void aThrowingClassifierNeverMasksTheFailure() {
        IllegalStateException thrown = new IllegalStateException("classifier bug");
        Throwable failure = Trial.reset();
        RetryOnFailure retry = trial.retry().classifier(error -> {
            throw thrown;
        });
        Trial.Outcome<String> outcome = trial.finish(retry.protect(trial.script(failure, "fine")));
        assertThat(outcome.error).isSameAs(failure);
        assertThat(failure.getSuppressed()).contains(thrown);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
        assertThat(trial.events(RetryEvent.ClassifierFailed.class))
                .singleElement()
                .satisfies(event -> assertThat(event.thrown()).isSameAs(thrown));
    }

    @Test
    void aThrowingPredicateNeverMasksTheFailure() {
        IllegalStateException thrown = new IllegalStateException("predicate bug");
        Throwable failure = Trial.reset();
        RetryOnFailure retry = trial.retry().giveUpOn(error -> {
            throw thrown;
        });
        Trial.Outcome<String> outcome = trial.finish(retry.protect(trial.script(failure, "fine")));
        assertThat(outcome.error).isSameAs(failure);
        assertThat(failure.getSuppressed()).contains(thrown);
        assertThat(trial.attempts).hasSize(1);
    }

    @Test
    void throwingChanceNeverMasksTheFailure() {
        IllegalStateException thrown = new IllegalStateException("no entropy");
        Throwable failure = Trial.reset();
        RetryOnFailure retry = trial.retry().random(() -> {
            throw thrown;
        });
        Trial.Outcome<String> outcome = trial.finish(retry.protect(trial.script(failure, "fine")));
        assertThat(outcome.error).isSameAs(failure);
        assertThat(failure.getSuppressed()).contains(thrown);
        assertThat(outcome.history().failures())
                .singleElement()
                .satisfies(failed -> assertThat(failed.error()).isSameAs(failure));
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
    }

    @Test
    void aClassifierThatThrowsTheFailureItselfDoesNotSuppressItOnItself() {
        RuntimeException failure = new RuntimeException("same");
        RetryOnFailure retry = trial.retry().classifier(error -> {
            throw failure;
        });
        assertThat(trial.finish(retry.protect(trial.script(failure))).error).isSameAs(failure);
    }

    @Test
    void everySubscriberGetsItsFullNumberOfRetries() {
        Mono<String> call = trial.retry().protect(trial.script(Trial.reset()));
        trial.finish(call);
        trial.finish(call);
        assertThat(trial.attempts).hasSize(8);
    }

    @Test
    void everySubscriberOfAPlainRetryWhenGetsItsFullNumberOfRetries() {
        Mono<String> call = trial.script(Trial.reset()).retryWhen(trial.retry());
        trial.finish(call);
        trial.finish(call);
        assertThat(trial.attempts).hasSize(8);
    }

    @Test
    void anEmptyResultStaysEmptyAndIsNoFailure() {
        Trial.Outcome<String> outcome = trial.finish(trial.retry().protect(Mono.<String>empty()));
        assertThat(outcome.completed).isTrue();
        assertThat(outcome.values).isEmpty();
        assertThat(trial.eventNames()).containsExactly("AttemptStarted", "Succeeded");
    }

    @Test
    void aFailureOfOneCategoryMayBeRetriedOnlyOnce() {
        RetryOnFailure retry = trial.retry()
                .classifier(
                        error -> Failure.retryable("empty").category("empty").retryLimit(1));
        trial.finish(retry.protect(trial.script(Trial.reset())));
        assertThat(trial.attempts).hasSize(2);
    }
}
