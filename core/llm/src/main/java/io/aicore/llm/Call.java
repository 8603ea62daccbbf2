package io.aicore.llm;

import io.aicore.limit.AdmissionCall;
import io.aicore.limit.AdmissionLane;
import io.aicore.limit.AdmissionPermit;
import io.aicore.limit.AdmissionRejectedException;
import io.aicore.limit.CallNotPermittedException;
import io.aicore.limit.Guard;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.ResponseInfo;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.DeadlineExceededException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.http.StreamTimeouts;
import io.aicore.llm.http.Timeouts;
import io.aicore.llm.internal.FailureState;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.ResponseHead;
import io.aicore.retry.Attempt;
import io.aicore.retry.Failure;
import io.aicore.retry.GiveUpReason;
import io.aicore.retry.RetryDeadlineException;
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
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/** One subscription: the state its attempts share, and how it ends. */
final class Call {

    /** The components of a call, fixed when it begins. */
    record Settings(
            String provider,
            @Nullable String model,
            Timeouts timeouts,
            Function<String, AdmissionLane> lanes,
            RetryBudget budget,
            long maxAnswerChars,
            Scheduler scheduler) {}

    private final Settings settings;
    private final RetryOnFailure retry;
    private final long start;
    private final CompositeObservation watchers;
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
            CompositeObservation watchers) {
        this.settings = settings;
        this.start = now();
        RetryOnFailure own = customized.apply(retry.classifier(this::verdict)
                .budget(settings.budget(), this::wasExpected)
                .onGiveUp(this::finish));
        Duration deadline = own.settings().deadline();
        long end = deadline == null ? Long.MAX_VALUE : start + deadline.toNanos();
        this.admission = AdmissionCall.from(caller, end).cost(expectedTokens);
        this.retry = watchers.none() ? own : own.listener(watchers);
        this.watchers = watchers;
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
                        error -> FailureMapping.attemptOutcome(typed(error)));
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
        watchers.resent();
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
                        settings.provider(),
                        new Provenance.Requests(attempt.number(), resends.get(), attempt.failures()),
                        new Provenance.Timing(elapsed(), attempt.waited().plus(admission.waited()), timeToFirstToken))
                .response(said == null ? ResponseInfo.NONE : said.info());
    }

    /** An answer as observers receive it. */
    record Answered(
            @Nullable Completion answer,
            @Nullable Usage usage,
            @Nullable Provenance provenance) {

        static final Answered NOTHING = new Answered(null, null, null);

        static Answered of(Completion answer) {
            return new Answered(answer, answer.usage(), answer.provenance());
        }

        static Answered of(Embeddings vectors) {
            return new Answered(null, vectors.usage(), vectors.provenance());
        }
    }

    /** Reports the end of the call to its observers. */
    <T> Mono<T> watched(Mono<T> call, Function<T, Answered> told) {
        return watchers.none()
                ? call
                : call.doOnSuccess(answer -> ended(answer == null ? Answered.NOTHING : told.apply(answer)))
                        .doOnError(this::failed)
                        .doFinally(this::left);
    }

    /** Reports the end of a stream to its observers; the last chunk has its response metadata. */
    <T> Flux<T> watched(Flux<T> call) {
        return watchers.none()
                ? call
                : call.doOnComplete(() -> ended(streamed()))
                        .doOnError(this::failed)
                        .doFinally(this::left);
    }

    boolean isWatched() {
        return !watchers.none();
    }

    /** Records another chunk of a stream and the time since the previous one. */
    void chunkAfter(long nanos) {
        watchers.chunk(Duration.ofNanos(nanos));
    }

    <T> Mono<T> inAttempt(Mono<T> attempt) {
        return watchers.none() ? attempt : attempt.contextWrite(watchers::attemptContext);
    }

    <T> Flux<T> inAttempt(Flux<T> attempt) {
        return watchers.none() ? attempt : attempt.contextWrite(watchers::attemptContext);
    }

    private Answered streamed() {
        StreamAttempt last = stream;
        return last == null ? Answered.NOTHING : last.answered();
    }

    private void ended(Answered said) {
        watchers.ended(new CallReport.End(
                CallOutcome.SUCCESS,
                elapsed(),
                timeToFirstToken(),
                said.answer(),
                said.usage(),
                said.provenance(),
                head(),
                null));
    }

    private void failed(Throwable error) {
        Completion partial = error instanceof LlmException failure ? failure.partial() : null;
        Usage usage = partial == null ? null : partial.usage();
        watchers.ended(new CallReport.End(
                CallOutcome.ERROR, elapsed(), timeToFirstToken(), partial, usage, null, head(), error));
    }

    /** Runs after the retry's cancel event, and after the caller has left, so the end is always last. */
    private void left(SignalType signal) {
        if (signal == SignalType.CANCEL) {
            cancelled();
        }
        watchers.passJvmEnd();
    }

    /** The cancelling thread must not read an answer that another thread is adding to. */
    private void cancelled() {
        StreamAttempt last = stream;
        ChunkInfo said = last == null ? null : last.said();
        Usage usage = said == null ? null : said.usage();
        watchers.ended(new CallReport.End(
                CallOutcome.CANCELLED, elapsed(), timeToFirstToken(), null, usage, null, head(), null));
    }

    private @Nullable ResponseHead head() {
        Heard said = response;
        return said == null ? null : said.head();
    }

    private @Nullable Duration timeToFirstToken() {
        StreamAttempt last = stream;
        return last == null ? null : last.timeToFirstToken();
    }

    /** Zero if the clock throws: observers must hear of the end all the same. */
    private Duration elapsed() {
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

    Throwable typed(Throwable error) {
        return FailureMapping.typed(settings.provider(), settings.model(), error);
    }

    LlmException emptyAnswer() {
        return new MalformedResponseException(
                details(ErrorCategory.MALFORMED_RESPONSE, true, "the answer is empty")
                        .response(null, ErrorClassifier.EMPTY_COMPLETION, null)
                        .phase(Phase.BODY),
                null);
    }

    ErrorDetails details(ErrorCategory category, boolean retryable, String why) {
        return ErrorDetails.of(settings.provider(), category, retryable, why).model(settings.model());
    }

    /** The error the caller gets: the last failure, with the history of the call. */
    private Throwable finish(Throwable last, RetryHistory history) {
        StreamAttempt current = stream;
        boolean cutStream = history.reason() == GiveUpReason.DEADLINE && current != null && current.committed();
        if (cutStream || last instanceof RetryDeadlineException) {
            return FailureState.history(deadlineExceeded(cutStream ? current : null, history), history);
        }
        if (last instanceof CallNotPermittedException refusal) {
            return FailureState.history(
                    FailureMapping.refused(settings.provider(), settings.model(), refusal), history);
        }
        if (last instanceof AdmissionRejectedException rejected) {
            return FailureState.history(
                    FailureMapping.notAdmitted(settings.provider(), settings.model(), rejected), history);
        }
        return typed(last) instanceof LlmException failure ? FailureState.history(failure, history) : last;
    }

    private LlmException deadlineExceeded(@Nullable StreamAttempt cut, RetryHistory history) {
        ErrorDetails details = details(ErrorCategory.TIMEOUT, false, history.why())
                .phase(cut == null ? Phase.FIRST_BYTE : Phase.STREAM);
        LlmException exceeded = new DeadlineExceededException(details, null);
        return cut == null ? exceeded : FailureState.partial(exceeded, cut.delivered());
    }
}
