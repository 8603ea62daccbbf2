package io.aicore.llm;

import io.aicore.internal.Seconds;
import io.aicore.limit.AdmissionPermit;
import io.aicore.limit.Guard;
import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionFold;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.http.StreamTimeouts;
import io.aicore.llm.http.StreamWaits;
import io.aicore.llm.internal.FailureState;
import io.aicore.retry.Attempt;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a stream, committed by its first chunk with content. Earlier chunks (id, model, an empty start) are
 * held back, so that an attempt that fails before it can be retried invisibly. Delivered chunks are kept for the
 * exception of a stream that breaks, with the same size limit as any answer. An attempt that resumes the previous one
 * starts with its chunks.
 */
final class StreamAttempt implements StreamWaits {

    private static final Duration LONGEST_THINKING = Duration.ofMinutes(10);

    // A stream that ends without content for one of these reasons has said nothing; the others are answers of a kind.
    private static final Set<FinishReason> SAYS_NOTHING = Set.of(FinishReason.STOP, FinishReason.UNKNOWN);

    private final Call call;
    private final Attempt attempt;
    private final StreamTimeouts timeouts;
    private volatile long start;
    private final CompletionFold fold;
    private @Nullable ChunkInfo heldBack;
    private volatile @Nullable ChunkInfo said;
    private long chars;
    private volatile @Nullable AdmissionPermit permit;
    private volatile boolean alive;
    private boolean anyContent;
    private long lastContent;
    private volatile @Nullable Duration timeToFirstToken;
    private volatile @Nullable Provenance provenance;

    StreamAttempt(Call call, Attempt attempt, StreamTimeouts timeouts) {
        this.call = call;
        this.attempt = attempt;
        this.timeouts = timeouts;
        this.start = call.now();
        this.fold = new CompletionFold();
    }

    /** An attempt that resumes the previous one. */
    StreamAttempt(Call call, Attempt attempt, StreamTimeouts timeouts, StreamAttempt before) {
        this.call = call;
        this.attempt = attempt;
        this.timeouts = timeouts;
        this.start = call.now();
        this.fold = before.fold;
        this.heldBack = before.heldBack;
        this.said = before.said;
        this.chars = before.chars;
        this.timeToFirstToken = before.timeToFirstToken;
    }

    boolean committed() {
        return timeToFirstToken != null;
    }

    /** The answer so far. */
    Completion delivered() {
        return fold.completion();
    }

    /** Time to first token; null before it. */
    @Nullable
    Duration timeToFirstToken() {
        return timeToFirstToken;
    }

    /** The whole answer with its response metadata. */
    ObservedAnswer.Answered answered() {
        Completion answer = delivered();
        return new ObservedAnswer.Answered(answer, answer.usage(), provenance);
    }

    /** The stream's accumulated metadata. */
    @Nullable
    ChunkInfo said() {
        return said;
    }

    /** The attempt goes on its way with this permit, which ends at the first sign of life. */
    void admitted(AdmissionPermit permit, boolean thinks) {
        this.permit = permit;
        this.start = call.now();
        if (thinks) {
            permit.expectSilence(timeouts.firstToken());
        }
    }

    /** The attempt is given up for this failure, which its exchange knows nothing of. */
    void ended(Throwable failure) {
        AdmissionPermit admitted = permit;
        if (admitted != null) {
            Throwable thrown = Guard.thrownBy(() -> admitted.end(FailureMapping.attemptOutcome(failure)));
            if (thrown != null) {
                failure.addSuppressed(thrown);
            }
        }
    }

    @Override
    public Duration firstToken() {
        return timeouts.firstToken();
    }

    @Override
    public Duration idle() {
        return committed() ? timeouts.idle() : timeouts.thinking();
    }

    @Override
    public void alive() {
        alive = true;
        AdmissionPermit admitted = permit;
        if (admitted != null) {
            admitted.firstByte();
        }
    }

    /** The time in which content must arrive; null for no limit but the deadline of the call. */
    @Nullable
    Duration firstContent() {
        Duration limit = timeouts.firstContent();
        return limit == null && call.retry().settings().deadline() == null ? LONGEST_THINKING : limit;
    }

    /** The chunk to emit; null for one that is held back. */
    @Nullable
    CompletionChunk next(CompletionChunk chunk) {
        chars += chunk.size();
        if (chars > call.maxAnswerChars()) {
            throw tooLarge();
        }
        fold.add(chunk);
        said = ChunkInfo.merge(said, chunk.info());
        boolean wasCommitted = committed();
        if (chunk.hasContent()) {
            contentArrived();
        }
        if (wasCommitted) {
            return chunk;
        }
        if (committed()) {
            return chunk.info(ChunkInfo.merge(heldBack, chunk.info()))
                    .extra(delivered().extra());
        }
        heldBack = ChunkInfo.merge(heldBack, chunk.info());
        call.resumeState().arrived();
        return null;
    }

    private void contentArrived() {
        if (committed() && call.observers().none()) {
            return;
        }
        long now = call.now();
        if (anyContent) {
            call.observers().chunk(Duration.ofNanos(now - lastContent));
        }
        anyContent = true;
        lastContent = now;
        if (!committed()) {
            timeToFirstToken = Duration.ofNanos(now - start);
        }
    }

    /** All that a stream without content has said; null for one with content. */
    @Nullable
    CompletionChunk withoutContent() {
        if (committed()) {
            return null;
        }
        Completion answer = delivered();
        // A picture, or items of hosted tools: an answer that has no words.
        boolean nothing =
                SAYS_NOTHING.contains(answer.finishReason()) && answer.extra().isEmpty();
        if (nothing || heldBack == null) {
            throw call.errors().emptyAnswer();
        }
        return CompletionChunk.of(heldBack).extra(answer.extra());
    }

    /** The last chunk of a successful stream, with response metadata and cost. */
    CompletionChunk last(CostTracker cost) {
        Provenance how = cost.settle(call.provenance(attempt, timeToFirstToken), said);
        provenance = how;
        call.used(said == null ? null : said.usage());
        return CompletionChunk.of(ChunkInfo.of(how));
    }

    /** The typed failure with the partial answer. */
    Throwable typed(Throwable error) {
        Throwable typed = call.errors().typed(error);
        if (!committed() || !(typed instanceof LlmException failure) || failure.partial() != null) {
            return typed;
        }
        LlmException broken = failure.details().phase() == Phase.STREAM
                ? failure
                : failure.details(failure.details().phase(Phase.STREAM));
        return FailureState.partial(broken, delivered());
    }

    /** Not retried: the model would think again, and each time is billed. */
    LlmException contentLate() {
        Duration limit = Objects.requireNonNullElse(firstContent(), LONGEST_THINKING);
        String why = "no content within " + Seconds.text(limit) + " (firstContentTimeout)";
        ErrorDetails details = call.errors().details(ErrorCategory.TIMEOUT, false, why);
        return new LlmTimeoutException(
                alive
                        ? details.response(null, FailureMapping.NO_CONTENT, null)
                                .phase(Phase.BODY)
                        : details.phase(Phase.FIRST_BYTE),
                null);
    }

    private LlmException tooLarge() {
        String why = "the answer is longer than " + call.maxAnswerChars() + " characters (maxResponseBytes)";
        return new MalformedResponseException(
                call.errors()
                        .details(ErrorCategory.MALFORMED_RESPONSE, false, why)
                        .phase(Phase.BODY),
                null);
    }
}
