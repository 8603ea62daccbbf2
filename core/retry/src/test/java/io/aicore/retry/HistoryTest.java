package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The caller gets the last failure itself, and what happened with it. */
class HistoryTest {

    private final Trial trial = new Trial();

    @Test
    void theErrorIsTheLastFailureWithTheEarlierOnesSuppressed() {
        IOException first = new IOException("first");
        IOException second = new IOException("second");
        IOException third = new IOException("third");
        Trial.Outcome<String> outcome =
                trial.finish(trial.retry(Trial.settings().maxRetries(2)).protect(trial.script(first, second, third)));
        assertThat(outcome.error).isSameAs(third);
        assertThat(third.getSuppressed()).startsWith(first, second).hasSize(3);
        assertThat(outcome.history().failures())
                .extracting(FailedAttempt::error)
                .containsExactly(first, second, third);
    }

    @Test
    void theHistoryTellsEachAttemptItsWaitAndWhy() {
        RetryOnFailure retry = trial.retry(Trial.settings().maxRetries(1))
                .classifier(error -> Failure.retryable("busy")
                        .status(429)
                        .category("rate_limited")
                        .requestId("req-1")
                        .phase("headers")
                        .retryAfter(Duration.ofSeconds(2)));
        Mono<String> slow = Mono.delay(Duration.ofMillis(300), trial.time).then(trial.script(Trial.reset()));
        RetryHistory history = trial.finish(retry.protect(slow)).history();
        assertThat(history.attempts()).isEqualTo(2);
        assertThat(history.waited()).isEqualTo(Duration.ofMillis(2100));
        assertThat(history.elapsed()).isEqualTo(Duration.ofMillis(2700));
        assertThat(history.reason()).isEqualTo(GiveUpReason.RETRIES_EXHAUSTED);
        FailedAttempt failed = history.failures().get(0);
        assertThat(failed.number()).isEqualTo(1);
        assertThat(failed.start()).isEqualTo(Trial.NOON.minusMillis(300));
        assertThat(failed.duration()).isEqualTo(Duration.ofMillis(300));
        assertThat(failed.delay()).isEqualTo(Duration.ofMillis(2100));
        assertThat(failed.delayWhy()).isEqualTo("server asked for 2 s; own backoff 1 s");
        assertThat(failed.failure().status()).isEqualTo(429);
        assertThat(history.failures().get(1).delay()).isNull();
        assertThat(history).hasToString("2 attempts in 2.7 s, RETRIES_EXHAUSTED: no retries left (maxRetries: 1)");
    }

    @Test
    void noMessageOfAnExceptionGetsIntoTexts() {
        List<RetryEvent> events = trial.events;
        IOException secret = new IOException("prompt: my diary");
        RetryHistory history =
                trial.finish(trial.retry().protect(trial.script(secret))).history();
        assertThat(history + " " + history.failures() + " " + events).doesNotContain("diary");
    }

    @Test
    void theHistoryIsBoundedAndCountsOn() {
        List<IOException> thrown = new ArrayList<>();
        Mono<String> failing = Mono.error(() -> {
            IOException next = new IOException("number " + thrown.size());
            thrown.add(next);
            return next;
        });
        RetryOnFailure retry = trial.retry(Trial.settings().maxRetries(99));
        Trial.Outcome<String> outcome = trial.finish(retry.protect(failing));
        assertThat(outcome.history().failures()).hasSize(16);
        assertThat(outcome.history().attempts()).isEqualTo(100);
        assertThat(outcome.error).isSameAs(thrown.get(99));
        assertThat(outcome.error.getSuppressed()).hasSize(16).contains(thrown.get(98), thrown.get(84));
    }

    @Test
    void oneInstanceThrownByEveryAttemptIsNotSuppressedOnItself() {
        IOException same = new IOException("same");
        Trial.Outcome<String> outcome = trial.finish(trial.retry().protect(trial.script(same)));
        assertThat(outcome.error.getSuppressed()).doesNotContain(same).hasSize(1);
        assertThat(outcome.history().failures()).hasSize(4);
    }

    @Test
    void failuresThatNameEachOtherMakeNoCircle() {
        IOException inner = new IOException("inner");
        IOException outer = new IOException("outer", inner);
        trial.finish(trial.retry(Trial.settings().maxRetries(1)).protect(trial.script(inner, outer)));
        trial.finish(trial.retry(Trial.settings().maxRetries(1)).protect(trial.script(outer, inner)));
        assertThat(inner.getSuppressed()).doesNotContain(outer);
        StringWriter text = new StringWriter();
        outer.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).contains("inner");
    }

    @Test
    void aCauseThatRunsInACircleEnds() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException two = new RuntimeException("two", one);
        one.initCause(two);
        Trial.Outcome<String> outcome = trial.finish(trial.retry().protect(trial.script(one)));
        assertThat(outcome.error).isSameAs(one);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
    }

    @Test
    void anErrorThatTakesNothingSuppressedStillReachesTheCaller() {
        Throwable mute = new IOException("mute") {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Throwable fillInStackTrace() {
                return this;
            }
        };
        RuntimeException closed = new Closed(mute);
        Trial.Outcome<String> outcome = trial.finish(trial.retry().protect(trial.script(closed)));
        assertThat(outcome.error).isSameAs(closed);
        assertThat(RetryHistory.of(closed)).isEmpty();
        assertThat(trial.attempts).hasSize(4);
    }

    private static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Closed(Throwable cause) {
            super("closed", cause, false, false);
        }
    }

    @Test
    void theFinisherHasTheLastHand() {
        IOException failure = Trial.reset();
        List<RetryHistory> seen = new ArrayList<>();
        RetryOnFailure retry = trial.retry(Trial.settings().maxRetries(1)).onGiveUp((last, history) -> {
            seen.add(history);
            return new IllegalStateException("finished", last);
        });
        Trial.Outcome<String> outcome = trial.finish(retry.protect(trial.script(failure)));
        assertThat(outcome.error).hasMessage("finished").hasCause(failure);
        assertThat(outcome.history()).isSameAs(seen.get(0));
    }

    @Test
    void aFinisherThatThrowsChangesNothing() {
        IllegalStateException thrown = new IllegalStateException("bug");
        IOException failure = Trial.reset();
        RetryOnFailure retry = trial.retry().onGiveUp((last, history) -> {
            throw thrown;
        });
        Trial.Outcome<String> outcome = trial.finish(retry.protect(trial.script(failure)));
        assertThat(outcome.error).isSameAs(failure);
        assertThat(failure.getSuppressed()).contains(thrown);
        assertThat(outcome.reason()).isEqualTo(GiveUpReason.RETRIES_EXHAUSTED);
    }

    @Test
    void theHistoryIsFoundThroughWrappersOfBlock() {
        IOException failure = Trial.reset();
        RuntimeException wrapped = new RuntimeException(failure);
        trial.finish(trial.retry().protect(trial.script(failure)));
        assertThat(RetryHistory.of(wrapped)).isPresent();
        assertThat(RetryHistory.of(new IOException())).isEmpty();
    }
}
