package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** BlockHound is on in this module's tests: a call that blocks a Reactor thread fails. */
class NonBlockingTest {

    @Test
    void aBlockedReactorThreadIsCaught() {
        Mono<Integer> blocking = Mono.fromCallable(() -> {
                    Thread.sleep(1);
                    return 1;
                })
                .subscribeOn(Schedulers.parallel());
        StepVerifier.create(blocking)
                .expectErrorSatisfies(e -> assertThat(Exceptions.unwrap(e)).isInstanceOf(BlockingOperationError.class))
                .verify(Duration.ofMinutes(3));
    }
}
