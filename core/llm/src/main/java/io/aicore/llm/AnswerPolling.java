package io.aicore.llm;

import io.aicore.internal.Seconds;
import io.aicore.llm.codec.FollowUp;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.http.Timeouts;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One attempt at an answer that is only announced: polls until it is there, within the attempt timeout. The address of
 * an announced answer is kept for the next attempt of the call, until the answer has arrived.
 */
record AnswerPolling(String provider, WireExchange.Operation<?> operation, Timeouts timeouts, Scheduler scheduler) {

    /**
     * Returns the answer, or the response of another status. Without recursion: an answer may be asked for hundreds of
     * times.
     *
     * @param start when the attempt began
     * @param ask sends a request
     */
    Mono<WireResponse> polled(FollowUp first, long start, Function<WireRequest, Mono<WireResponse>> ask) {
        return fetched(first, start, ask)
                .expand(each -> {
                    FollowUp next = next(each);
                    return next == null ? Mono.<WireResponse>empty() : fetched(next, start, ask);
                })
                .last();
    }

    private @Nullable FollowUp next(WireResponse response) {
        return response.successful() ? operation.followUp(response) : null;
    }

    private Mono<WireResponse> fetched(FollowUp announced, long start, Function<WireRequest, Mono<WireResponse>> ask) {
        return Mono.delay(announced.delay(), scheduler)
                .then(Mono.defer(() -> ask.apply(announced.request())))
                .timeout(left(start), Mono.error(this::late), scheduler);
    }

    private LlmException late() {
        String why =
                "the announced answer was not ready within " + Seconds.text(timeouts.attempt()) + " (attemptTimeout)";
        return new LlmTimeoutException(
                ErrorDetails.of(provider, ErrorCategory.TIMEOUT, true, why)
                        .model(operation.model())
                        .phase(Phase.BODY),
                null);
    }

    private Duration left(long start) {
        Duration left = timeouts.attempt().minusNanos(now() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}
