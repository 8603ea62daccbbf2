package io.aicore.llm;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CredentialLatch;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.error.DeadlineExceededException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.Attempt;
import io.aicore.retry.Failure;
import io.aicore.retry.GiveUpReason;
import io.aicore.retry.RetryHistory;
import io.aicore.retry.RetryOnFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** One subscription of the user: what its attempts share, and what it ends with. */
final class Call {

    /** What a call is made of, settled when it begins. */
    record Settings(
            String provider,
            @Nullable String model,
            Timeouts timeouts,
            CircuitBreaker circuit,
            CredentialLatch latch,
            long maxAnswerChars,
            Scheduler scheduler) {}

    private final Settings settings;
    private final RetryOnFailure retry;
    private final long start;
    private final Unfinished unfinished = new Unfinished();
    private volatile @Nullable StreamAttempt stream;

    Call(Settings settings, RetryOnFailure retry, UnaryOperator<RetryOnFailure> customized) {
        this.settings = settings;
        this.start = now();
        this.retry = customized.apply(retry.classifier(this::verdict).onGiveUp(this::finish));
    }

    Timeouts timeouts() {
        return settings.timeouts();
    }

    CircuitBreaker circuit() {
        return settings.circuit();
    }

    CredentialLatch latch() {
        return settings.latch();
    }

    RetryOnFailure retry() {
        return retry;
    }

    Scheduler scheduler() {
        return settings.scheduler();
    }

    long maxAnswerChars() {
        return settings.maxAnswerChars();
    }

    long now() {
        return settings.scheduler().now(TimeUnit.NANOSECONDS);
    }

    /** What the attempts leave for the next one. */
    Unfinished unfinished() {
        return unfinished;
    }

    /** A stream's attempt begins: it goes on with the one before, or replaces it, which then has delivered nothing. */
    StreamAttempt streamAttempt(Attempt attempt) {
        StreamAttempt before = stream;
        StreamAttempt next = before != null && unfinished.goesOn()
                ? new StreamAttempt(this, attempt, before)
                : new StreamAttempt(this, attempt);
        stream = next;
        return next;
    }

    /** How an answer came that this attempt brings. */
    Provenance provenance(Attempt attempt, @Nullable Duration timeToFirstToken) {
        return new Provenance(
                settings.provider(),
                attempt.number(),
                attempt.waited(),
                Duration.ofNanos(now() - start),
                timeToFirstToken,
                attempt.failures());
    }

    /** What the retry needs to know of a failed attempt. From now on the attempt delivers nothing more. */
    private Failure verdict(Throwable error) {
        return Failures.verdict(error).resumable(unfinished.stop());
    }

    Throwable typed(Throwable error) {
        return Failures.typed(settings.provider(), settings.model(), error);
    }

    LlmException emptyAnswer() {
        return new MalformedResponseException(
                details(ErrorCategory.MALFORMED_RESPONSE, true, "the answer has nothing in it")
                        .response(null, Failures.EMPTY, null)
                        .phase(Phase.BODY),
                null);
    }

    ErrorDetails details(ErrorCategory category, boolean retryable, String why) {
        return ErrorDetails.of(settings.provider(), category, retryable, why).model(settings.model());
    }

    /** The error the caller gets: the last failure itself, with the story of the call. */
    private Throwable finish(Throwable last, RetryHistory history) {
        StreamAttempt current = stream;
        boolean cutStream = history.reason() == GiveUpReason.DEADLINE && current != null && current.committed();
        if (cutStream || last instanceof io.aicore.retry.DeadlineExceededException) {
            return deadlineExceeded(cutStream ? current : null, history).history(history);
        }
        if (last instanceof io.aicore.limit.CircuitOpenException refusal) {
            return Failures.refused(settings.provider(), settings.model(), refusal)
                    .history(history);
        }
        return typed(last) instanceof LlmException failure ? failure.history(history) : last;
    }

    private LlmException deadlineExceeded(@Nullable StreamAttempt cut, RetryHistory history) {
        ErrorDetails details = details(ErrorCategory.TIMEOUT, false, history.why())
                .phase(cut == null ? Phase.FIRST_BYTE : Phase.STREAM);
        LlmException exceeded = new DeadlineExceededException(details, null);
        return cut == null ? exceeded : exceeded.partial(cut.delivered());
    }
}
