package io.aicore.llm;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.observe.CallOutcome;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** A call that has observers, and its end as they hear of it. */
final class ObservedCall {

    private final Call call;

    private ObservedCall(Call call) {
        this.call = call;
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

    /** The whole call; reports its end to its observers. */
    static <T> Mono<T> of(Call call, Mono<T> answer, Function<T, Answered> told) {
        if (call.observers().none()) {
            return answer;
        }
        ObservedCall observed = new ObservedCall(call);
        return answer.doOnSuccess(given -> observed.ended(given == null ? Answered.NOTHING : told.apply(given)))
                .doOnError(observed::failed)
                .doFinally(observed::left);
    }

    /** The whole stream; reports its end to its observers. The last chunk has its response metadata. */
    static <T> Flux<T> of(Call call, Flux<T> answer) {
        if (call.observers().none()) {
            return answer;
        }
        ObservedCall observed = new ObservedCall(call);
        return answer.doOnComplete(() -> observed.ended(observed.streamed()))
                .doOnError(observed::failed)
                .doFinally(observed::left);
    }

    /** An attempt, which sees what its observers have added to the Context. */
    static <T> Mono<T> attempt(Call call, Mono<T> attempt) {
        CompositeObservation observers = call.observers();
        return observers.none() ? attempt : attempt.contextWrite(observers::attemptContext);
    }

    /** An attempt at a stream, which sees what its observers have added to the Context. */
    static <T> Flux<T> attempt(Call call, Flux<T> attempt) {
        CompositeObservation observers = call.observers();
        return observers.none() ? attempt : attempt.contextWrite(observers::attemptContext);
    }

    private Answered streamed() {
        StreamAttempt last = call.stream();
        return last == null ? Answered.NOTHING : last.answered();
    }

    private void ended(Answered said) {
        ended(CallOutcome.SUCCESS, said, null);
    }

    private void failed(Throwable error) {
        Completion partial = error instanceof LlmException failure ? failure.partial() : null;
        Usage usage = partial == null ? null : partial.usage();
        ended(CallOutcome.ERROR, new Answered(partial, usage, null), error);
    }

    /** Runs after the retry's cancel event, and after the caller has left, so the end is always last. */
    private void left(SignalType signal) {
        if (signal == SignalType.CANCEL) {
            cancelled();
        }
        call.observers().passJvmEnd();
    }

    /** The cancelling thread must not read an answer that another thread is adding to. */
    private void cancelled() {
        StreamAttempt last = call.stream();
        ChunkInfo said = last == null ? null : last.said();
        Usage usage = said == null ? null : said.usage();
        ended(CallOutcome.CANCELLED, new Answered(null, usage, null), null);
    }

    private void ended(CallOutcome outcome, Answered said, @Nullable Throwable error) {
        StreamAttempt last = call.stream();
        Duration timeToFirstToken = last == null ? null : last.timeToFirstToken();
        Heard heard = call.response();
        call.observers()
                .ended(new CallReport.End(
                        outcome,
                        call.elapsed(),
                        timeToFirstToken,
                        said.answer(),
                        said.usage(),
                        said.provenance(),
                        heard == null ? null : heard.head(),
                        error));
    }
}
