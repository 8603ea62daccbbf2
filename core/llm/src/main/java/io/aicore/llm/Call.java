package io.aicore.llm;

import io.aicore.limit.AdmissionCall;
import io.aicore.limit.AdmissionLane;
import io.aicore.limit.AdmissionPermit;
import io.aicore.limit.Guard;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.ResponseInfo;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.http.StreamTimeouts;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.Attempt;
import io.aicore.retry.Failure;
import io.aicore.retry.RetryHistory;
import io.aicore.retry.RetryOnFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/** One subscription: the state its attempts share, and how it ends. */
final class Call {

    /** The components of a call, fixed when it begins. */
    record Settings(
            ModelErrors errors,
            Timeouts timeouts,
            Function<String, AdmissionLane> lanes,
            RetryBudget budget,
            long maxAnswerChars,
            Scheduler scheduler) {}

    private final Settings settings;
    private final RetryOnFailure retry;
    private final long start;
    private final CompositeObservation observers;
    private final ResumeState resumeState = new ResumeState();
    private final AttemptContext attemptContext;
    private final AtomicInteger resends = new AtomicInteger();
    private final AdmissionCall admission;
    private volatile @Nullable AdmissionLane lane;
    private volatile @Nullable AdmissionPermit permit;
    private volatile @Nullable Heard response;
    private volatile @Nullable StreamAttempt stream;

    Call(
            Settings settings,
            RetryOnFailure retry,
            UnaryOperator<RetryOnFailure> customized,
            ContextView caller,
            long expectedTokens,
            CompositeObservation observers) {
        this.settings = settings;
        this.start = now();
        RetryOnFailure own =
                customized.apply(retry.hooks(this::verdict, settings.budget(), this::wasExpected, this::finish));
        Duration deadline = own.settings().deadline();
        long end = deadline == null ? Long.MAX_VALUE : start + deadline.toNanos();
        this.admission = AdmissionCall.from(caller, end, expectedTokens);
        this.retry = observers.none() ? own : own.listener(observers);
        this.observers = observers;
        this.attemptContext = new AttemptContext(settings.timeouts(), resumeState, this::heard, this::resent);
    }

    Timeouts timeouts() {
        return settings.timeouts();
    }

    /** One exchange for a whole answer, sent when it is admitted. */
    <T> Mono<T> admitted(String credential, Mono<T> exchange) {
        return lane(credential)
                .protect(
                        granted -> {
                            permit = granted;
                            granted.expectSilence();
                            return exchange;
                        },
                        null,
                        error -> FailureMapping.attemptOutcome(errors().typed(error)));
    }

    /** One exchange for a stream, sent when it is admitted; receives its permit. */
    Flux<CompletionChunk> admitted(String credential, Function<AdmissionPermit, Flux<CompletionChunk>> exchange) {
        return lane(credential)
                .protect(
                        granted -> {
                            permit = granted;
                            return exchange.apply(granted);
                        },
                        null,
                        FailureMapping::attemptOutcome,
                        CompletionChunk::hasContent);
    }

    private AdmissionLane lane(String credential) {
        AdmissionLane known = settings.lanes().apply(credential);
        lane = known;
        return known;
    }

    /** The claim on admission that all attempts of this call share; they find it in the Context, with the retry's listeners. */
    AdmissionCall admission() {
        return admission;
    }

    /** Whether this failure is one that all calls of the credential wait for already. */
    private boolean wasExpected(Failure failure) {
        AdmissionLane known = lane;
        boolean limited =
                ErrorCategory.RATE_LIMITED.word().equals(failure.facts().category());
        return limited && known != null && known.isLimited();
    }

    private void heard(Heard head) {
        response = head;
        AdmissionPermit granted = permit;
        if (granted != null) {
            granted.report(FailureMapping.report(head.info().rateLimit()));
        }
    }

    /** Corrects what the attempt was expected to take from the token limit. */
    void used(@Nullable Usage usage) {
        AdmissionPermit granted = permit;
        if (granted != null && usage != null && usage.totalTokens() > 0) {
            granted.used(usage.totalTokens());
        }
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

    /** The limits of an attempt. */
    AttemptContext attemptContext() {
        return attemptContext;
    }

    /** Starts an attempt; clears the previous response. */
    void attemptBegins() {
        response = null;
        permit = null;
    }

    private void resent() {
        resends.incrementAndGet();
        observers.resent();
    }

    /** The state the attempts leave for the next one. */
    ResumeState resumeState() {
        return resumeState;
    }

    /** Starts a stream's attempt, which resumes the previous one or replaces it if that delivered nothing. */
    StreamAttempt streamAttempt(Attempt attempt, boolean thinks) {
        attemptBegins();
        StreamTimeouts timeouts = timeouts().stream(thinks);
        StreamAttempt before = stream;
        StreamAttempt next = before != null && resumeState.goesOn()
                ? new StreamAttempt(this, attempt, timeouts, before)
                : new StreamAttempt(this, attempt, timeouts);
        stream = next;
        return next;
    }

    /** The response metadata of an answer from this attempt. */
    Provenance provenance(Attempt attempt, @Nullable Duration timeToFirstToken) {
        Heard said = response;
        return Provenance.of(
                        errors().provider(),
                        new Provenance.Requests(attempt.number(), resends.get(), attempt.failures()),
                        new Provenance.Timing(elapsed(), attempt.waited().plus(admission.waited()), timeToFirstToken))
                .response(said == null ? ResponseInfo.NONE : said.info());
    }

    /** Who hears of this call. */
    CompositeObservation observers() {
        return observers;
    }

    /** The head of the last response; null without one. */
    @Nullable
    Heard response() {
        return response;
    }

    /** The last attempt at a stream; null without one. */
    @Nullable
    StreamAttempt stream() {
        return stream;
    }

    /** Time since the call began. Zero if the clock throws: observers must hear of the end all the same. */
    Duration elapsed() {
        try {
            return Duration.ofNanos(now() - start);
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(thrown);
            return Duration.ZERO;
        }
    }

    /** Classifies a failed attempt for the retry. The attempt delivers nothing after this. */
    private Failure verdict(Throwable error) {
        return FailureMapping.verdict(error).resumable(resumeState.stop());
    }

    /** The errors of this call. */
    ModelErrors errors() {
        return settings.errors();
    }

    private Throwable finish(Throwable last, RetryHistory history) {
        return errors().last(last, history, stream);
    }
}
