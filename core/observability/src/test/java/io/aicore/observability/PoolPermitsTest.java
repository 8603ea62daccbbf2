package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

class PoolPermitsTest {

    @Test
    void noMoreAreGrantedThanThereAre() {
        PoolPermits permits = new PoolPermits(3);

        assertThat(permits.getPermits(0)).isZero();
        assertThat(permits.getPermits(2)).isEqualTo(2);
        assertThat(permits.getPermits(2)).isEqualTo(1);
        assertThat(permits.getPermits(1)).isZero();
        assertThat(permits.permitGranted()).isEqualTo(3);

        permits.returnPermits(1);

        assertThat(permits.estimatePermitCount()).isEqualTo(1);
        assertThat(permits.getPermits(2)).isEqualTo(1);
    }

    @Test
    void whatWasNotGivenCannotComeBackWhileThePoolLives() {
        PoolPermits permits = new PoolPermits(3);

        assertThatIllegalStateException().isThrownBy(() -> permits.returnPermits(1));
    }

    @Test
    void aPoolClosedWhileAConnectionIsOnItsWayBackFailsNobody() {
        PoolPermits permits = new PoolPermits(1);
        AtomicInteger destroyed = new AtomicInteger();
        InstrumentedPool<String> pool = PoolBuilder.from(Mono.just("connection"))
                .destroyHandler(connection -> Mono.fromRunnable(destroyed::incrementAndGet))
                .allocationStrategy(permits)
                .buildPool();
        List<Throwable> errors = new ArrayList<>();

        PooledRef<String> first = pool.acquire().block();
        assertThat(first).isNotNull();
        // Who gives it back is told so by the pool, which is not done yet: another one takes it, gives it back and
        // closes.
        first.release()
                .doOnSuccess(released -> {
                    pool.acquire().flatMap(PooledRef::release).block();
                    permits.end();
                    pool.dispose();
                })
                .onErrorComplete(error -> errors.add(error))
                .contextWrite(context -> context.put("reactor.onErrorDropped.local", dropped(errors)))
                .subscribe();

        assertThat(errors).isEmpty();
        // The pool's own fault, without which there would be nothing to test: twice.
        assertThat(destroyed).hasValue(2);
        assertThat(permits.permitGranted()).isZero();
    }

    private static Consumer<Throwable> dropped(List<Throwable> errors) {
        return errors::add;
    }
}
