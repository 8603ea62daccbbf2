package io.aicore.examples.lab.policy;

import io.aicore.examples.lab.call.Answer;
import io.aicore.examples.lab.call.AttemptListener;
import io.aicore.examples.lab.call.Call;
import io.aicore.examples.lab.call.Exchange;
import io.aicore.examples.lab.scenario.AiCoreSpec;
import io.aicore.examples.lab.time.Seconds;
import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionCall;
import io.aicore.limit.AdmissionLane;
import io.aicore.limit.AdmissionPermit;
import io.aicore.limit.AttemptOutcome;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.Outcome;
import io.aicore.limit.RateReport;
import io.aicore.limit.RetryBudget;
import io.aicore.retry.Failure;
import io.aicore.retry.RetryOnFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * This library's classes as they are, put together as core/llm does: {@code RetryOnFailure} with a budget around attempts
 * that an admission lane admits. Only clock, randomness and the exchange are the laboratory's.
 */
final class AiCoreClient implements Client {

    private static final int LIMITED = 429;

    /** What a stream delivers that matters here. */
    private enum Part {
        CONTENT
    }

    /** The failure of an attempt, as an error of the stream. */
    private static final class AttemptFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        AttemptFailed(Answer answer) {
            super(answer.kind().toString(), null, true, false);
            this.answer = answer;
        }
    }

    private final ProcessContext process;
    private final AdmissionLane lane;
    private final RetryOnFailure retry;

    AiCoreClient(ProcessContext process) {
        this.process = process;
        AiCoreSpec spec = process.aicore();
        CircuitBreaker circuit =
                CircuitBreaker.of("provider", spec.circuit(), process.scheduler(), process.random()::nextDouble);
        this.lane = Admission.of(
                        "provider",
                        spec.admission(),
                        spec.concurrency(),
                        process.scheduler(),
                        process.random()::nextDouble)
                .lane("key", circuit);
        this.retry = RetryOnFailure.of(spec.retry().deadline(Duration.ofNanos(Seconds.nanos(process.deadline()))))
                .classifier(AiCoreClient::classify)
                .circuitBreaker(circuit)
                .budget(budget(spec.budget()), this::isExpected)
                .scheduler(process.scheduler())
                .clock(process.scheduler().clock())
                .random(process.random()::nextDouble);
    }

    private static RetryBudget budget(AiCoreSpec.Budget budget) {
        return budget.enabled()
                ? RetryBudget.create(budget.capacity(), budget.start(), budget.deposit())
                : RetryBudget.unlimited();
    }

    @Override
    public void call(Call call) {
        AdmissionCall claim = AdmissionCall.create().deadline(call.deadline()).cost(call.tokens());
        Flux<Part> attempt = lane.protect(
                permit -> exchange(call, permit), claim, AiCoreClient::outcome, part -> part == Part.CONTENT);
        retry.protect(attempt).subscribe(part -> {}, error -> call.fail(), call::succeed);
    }

    private Flux<Part> exchange(Call call, AdmissionPermit permit) {
        if (!process.streams()) {
            permit.expectSilence();
        }
        return Flux.create(sink -> {
            Exchange exchange = call.send(new AttemptListener() {
                private boolean begun;

                @Override
                public void firstByte(RateReport report) {
                    permit.report(report);
                    permit.firstByte();
                    begun = true;
                    sink.next(Part.CONTENT);
                }

                @Override
                public void ended(Answer answer) {
                    if (answer.kind() == Answer.Kind.TIMEOUT && call.left() <= 0) {
                        return; // the deadline of the call cancels it, and a cancel says nothing of the provider
                    }
                    permit.report(answer.report());
                    if (!answer.isOk()) {
                        sink.error(new AttemptFailed(answer));
                        return;
                    }
                    if (!begun) {
                        sink.next(Part.CONTENT);
                    }
                    sink.complete();
                }
            });
            sink.onCancel(exchange::cancel);
        });
    }

    /** Refused because of the rate limit, which all calls wait for already. */
    private boolean isExpected(Failure failure) {
        Integer status = failure.status();
        return status != null && status == LIMITED && lane.isLimited();
    }

    private static Failure classify(Throwable error) {
        if (!(error instanceof AttemptFailed failed)) {
            return Failure.permanent("not admitted");
        }
        Answer answer = failed.answer;
        Failure failure = answer.isFinal()
                ? Failure.permanent("broken stream")
                : Failure.retryable(answer.kind().toString());
        return failure.status(answer.kind().status() == 0 ? null : answer.kind().status())
                .retryAfter(retryAfter(answer));
    }

    private static AttemptOutcome outcome(Throwable error) {
        if (!(error instanceof AttemptFailed failed)) {
            return AttemptOutcome.of(Outcome.IGNORED);
        }
        Answer answer = failed.answer;
        return switch (answer.kind()) {
            case OK -> AttemptOutcome.SUCCESS;
            case LIMITED -> AttemptOutcome.limited(retryAfter(answer));
            case UNAVAILABLE, OVERLOADED, STREAM_OVERLOAD, BROKEN, TIMEOUT ->
                AttemptOutcome.unavailable(retryAfter(answer));
        };
    }

    private static @Nullable Duration retryAfter(Answer answer) {
        Double seconds = answer.retryAfter();
        return seconds == null ? null : Duration.ofNanos(Seconds.nanos(seconds));
    }
}
