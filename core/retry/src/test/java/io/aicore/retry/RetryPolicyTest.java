package io.aicore.retry;

import static io.aicore.retry.GiveUpReason.DEADLINE;
import static io.aicore.retry.GiveUpReason.NOT_RETRYABLE;
import static io.aicore.retry.GiveUpReason.RETRIES_EXHAUSTED;
import static io.aicore.retry.GiveUpReason.RETRY_AFTER_TOO_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.aicore.retry.RetryDecision.GiveUp;
import io.aicore.retry.RetryDecision.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RetryPolicyTest {

    private static final RetrySettings PLAIN = RetrySettings.defaults().jitter(Jitter.none());

    static Stream<Arguments> waits() {
        return Stream.of(
                // retry, retryAfter in s (0: none), chance, the wait in ms
                arguments(1, 0.0, 0.5, 1000L),
                arguments(2, 0.0, 0.5, 2000L),
                arguments(3, 0.0, 0.5, 4000L),
                arguments(1, 1.0, 0.0, 1000L),
                arguments(1, 1.0, 1.0, 1100L),
                arguments(1, 0.2, 0.5, 1000L),
                arguments(1, 30.0, 0.5, 31500L),
                arguments(1, 60.0, 1.0, 66000L),
                arguments(3, 5.0, 0.0, 5000L));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void waitsForTheBackoffOrForTheServerWhicheverIsLonger(int retry, double retryAfter, double chance, long millis) {
        RetryDecision decision = decide(PLAIN, retry, withRetryAfter(retryAfter), Duration.ZERO, chance);
        assertThat(decision)
                .isInstanceOfSatisfying(
                        RetryAfter.class, after -> assertThat(after.delay()).isEqualTo(Duration.ofMillis(millis)));
    }

    static Stream<Arguments> ends() {
        RetrySettings deadline = PLAIN.deadline(Duration.ofSeconds(5));
        Failure plain = Failure.retryable("broken");
        return Stream.of(
                arguments(PLAIN, 1, Failure.permanent("wrong key"), 0.0, NOT_RETRYABLE, "wrong key"),
                arguments(PLAIN, 4, plain, 0.0, RETRIES_EXHAUSTED, "no retries left (maxRetries: 3)"),
                arguments(PLAIN.maxRetries(0), 1, plain, 0.0, RETRIES_EXHAUSTED, "no retries allowed (maxRetries: 0)"),
                arguments(
                        PLAIN,
                        1,
                        withRetryAfter(61),
                        0.0,
                        RETRY_AFTER_TOO_LONG,
                        "server asked for 61 s, more than maxServerDelay, 60 s"),
                arguments(
                        deadline,
                        1,
                        withRetryAfter(6),
                        0.0,
                        RETRY_AFTER_TOO_LONG,
                        "server asked for 6 s, past the deadline: 5 s left"),
                arguments(deadline, 3, plain, 1.5, DEADLINE, "a wait of 4 s would exceed the deadline: 3.5 s left"),
                arguments(deadline, 1, plain, 4.0, DEADLINE, "a wait of 1 s would exceed the deadline: 1 s left"),
                arguments(deadline, 1, plain, 9.0, DEADLINE, "no time left"));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void givesUpBeforeWaitingAndSaysWhy(
            RetrySettings settings, int number, Failure failure, double elapsed, GiveUpReason reason, String why) {
        RetryDecision decision = decide(settings, number, failure, seconds(elapsed), 0.5);
        assertThat(decision).isInstanceOfSatisfying(GiveUp.class, end -> {
            assertThat(end.reason()).isEqualTo(reason);
            assertThat(end.why()).contains(why);
        });
    }

    @Test
    void aWaitThatJustFitsTheDeadlineIsMade() {
        RetrySettings settings = PLAIN.deadline(Duration.ofSeconds(5));
        RetryDecision decision = decide(settings, 1, Failure.retryable("x"), Duration.ofMillis(3999), 0.5);
        assertThat(decision).isInstanceOf(RetryAfter.class);
    }

    @Test
    void aRetryAfterAboveTheCapIsNotClampedToIt() {
        assertThat(delay(PLAIN.maxDelay(Duration.ofSeconds(2)), withRetryAfter(30), 0))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aRetryAfterDrivesWhenTheNominalBackoffIsNoLonger() {
        RetrySettings settings = RetrySettings.defaults();
        assertThat(delay(settings, withRetryAfter(1), 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(delay(settings, withRetryAfter(1), 1)).isEqualTo(Duration.ofMillis(1100));
    }

    @Test
    void theRetryAfterOfALimitDrivesThoughItIsShorterThanTheOwnBackoff() {
        Duration retryAfter = Duration.ofMillis(50);
        Failure limited = Failure.retryable("limited").retryAfter(retryAfter);

        assertThat(delay(PLAIN, limited.status(429), 0)).isEqualTo(retryAfter);
        assertThat(delay(PLAIN, limited.status(429), 1)).isEqualTo(Duration.ofMillis(55));
        assertThat(delay(PLAIN, limited.status(503), 0)).isEqualTo(PLAIN.initialDelay());
    }

    @Test
    void neverEarlierThanTheServerSaidThoughTheOwnDrawIsShorter() {
        RetrySettings settings = RetrySettings.defaults().jitter(Jitter.full());
        assertThat(delay(settings, withRetryAfter(0.9), 0)).isEqualTo(Duration.ofMillis(900));
    }

    @Test
    void theReasonNamesBothWishes() {
        RetryDecision decision =
                decide(PLAIN.initialDelay(Duration.ofMillis(900)), 1, withRetryAfter(1), Duration.ZERO, 0);
        assertThat(decision.why()).isEqualTo("server asked for 1 s; own backoff 0.9 s");
    }

    @Test
    void aFailureMayAllowFewerRetriesThanTheSettings() {
        Failure empty = Failure.retryable("empty completion").category("empty").retryLimit(1);
        assertThat(decide(PLAIN, 1, empty, Duration.ZERO, 0)).isInstanceOf(RetryAfter.class);
        RetryDecision second = new RetryPolicy(PLAIN)
                .decide(attempt(2, failed(1, empty, Duration.ofSeconds(1))), empty, Duration.ZERO, () -> 0);
        assertThat(second).isInstanceOfSatisfying(GiveUp.class, end -> {
            assertThat(end.reason()).isEqualTo(RETRIES_EXHAUSTED);
            assertThat(end.why()).isEqualTo("at most 1 retry for this failure: empty completion");
        });
    }

    @Test
    void failuresOfOtherCategoriesDoNotUseUpTheLimitOfOne() {
        Failure empty = Failure.retryable("empty completion").category("empty").retryLimit(1);
        Failure other = Failure.retryable("reset").category("connection");
        RetryDecision decision = new RetryPolicy(PLAIN)
                .decide(attempt(2, failed(1, other, Duration.ofSeconds(1))), empty, Duration.ZERO, () -> 0);
        assertThat(decision).isInstanceOf(RetryAfter.class);
    }

    @Test
    void decorrelatedJitterGrowsFromThePreviousDelay() {
        RetrySettings settings = PLAIN.jitter(Jitter.decorrelated());
        Attempt second = attempt(2, failed(1, Failure.retryable("x"), Duration.ofSeconds(3)));
        RetryDecision decision =
                new RetryPolicy(settings).decide(second, Failure.retryable("x"), Duration.ZERO, () -> 1);
        assertThat(decision)
                .isInstanceOfSatisfying(
                        RetryAfter.class, after -> assertThat(after.delay()).isEqualTo(Duration.ofSeconds(9)));
    }

    private static Duration delay(RetrySettings settings, Failure failure, double chance) {
        return ((RetryAfter) decide(settings, 1, failure, Duration.ZERO, chance)).delay();
    }

    private static RetryDecision decide(
            RetrySettings settings, int number, Failure failure, Duration elapsed, double chance) {
        List<FailedAttempt> before = new ArrayList<>();
        for (int i = 1; i < number; i++) {
            before.add(failed(i, Failure.retryable("x"), Duration.ofSeconds(1)));
        }
        Attempt attempt = new CallAttempt("call", number, Duration.ZERO, null, before);
        return new RetryPolicy(settings).decide(attempt, failure, elapsed, () -> chance);
    }

    private static Attempt attempt(int number, FailedAttempt... before) {
        return new CallAttempt("call", number, Duration.ZERO, null, List.of(before));
    }

    private static FailedAttempt failed(int number, Failure failure, Duration delay) {
        return new AttemptFailure(
                number, Instant.EPOCH, 0, failure, new IOException(), new RetryDecision.RetryAfter(delay, ""));
    }

    private static Failure withRetryAfter(double seconds) {
        return Failure.retryable("busy").retryAfter(seconds(seconds));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }
}
