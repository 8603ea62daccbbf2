package io.aicore.observability.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.test.StepVerifier;

/** The queue of those who look at the dashboard. */
class QueryLimitTest {

    private static void fill(QueryLimit reads, int count) {
        for (int i = 0; i < count; i++) {
            reads.all(Flux.never()).subscribe(none -> {}, late -> {});
        }
    }

    @Test
    void whoeverReadsToTheEndMakesRoomForTheNext() {
        QueryLimit reads = new QueryLimit();
        for (int i = 0; i < 10; i++) {
            StepVerifier.create(reads.all(Flux.just(1, 2)))
                    .expectNext(List.of(1, 2))
                    .verifyComplete();
            StepVerifier.create(reads.one(Mono.empty())).verifyComplete();
            StepVerifier.create(reads.one(Mono.error(new IllegalStateException("of the query"))))
                    .verifyErrorMessage("of the query");
            reads.all(Flux.never()).subscribe().dispose();
        }
    }

    @Test
    void aQueryThatDoesNotAnswerEndsAndMakesRoom() {
        whenPatienceEnds(2).expectNext(List.of(1)).verifyComplete();
    }

    @Test
    void nobodyWaitsForHisTurnForEver() {
        // Two at once, and two who get their turn when these are given up.
        whenPatienceEnds(4).verifyError(TimeoutException.class);
    }

    /** What becomes of one who came after so many who get no answer, when all of them have waited for as long as they do. */
    private static StepVerifier.Step<List<Integer>> whenPatienceEnds(int others) {
        return StepVerifier.withVirtualTime(() -> {
                    QueryLimit reads = new QueryLimit();
                    fill(reads, others);
                    return reads.all(Flux.just(1));
                })
                .expectSubscription()
                .expectNoEvent(QueryLimit.PATIENCE.minusMillis(1))
                .thenAwait(Duration.ofMillis(1));
    }

    @Test
    void noMoreThanAHundredWait() {
        StepVerifier.withVirtualTime(() -> {
                    QueryLimit reads = new QueryLimit();
                    fill(reads, 102);
                    return reads.all(Flux.just(1));
                })
                .verifyError(PoolAcquirePendingLimitException.class);
    }
}
