package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.error.RejectedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class PlacesTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> turns = new ArrayList<>();

    private ConnectionPermits places(int maxConnections, int maxPending) {
        HttpSettings settings =
                HttpSettings.defaults().maxConnections(maxConnections).maxPending(maxPending);
        return new ConnectionPermits(settings, new TransportErrors("acme", "api.example", settings), time);
    }

    private ConnectionPermits.Place entered(ConnectionPermits places, String name) {
        ConnectionPermits.Place place = places.enter();
        place.await(() -> turns.add(name), error -> turns.add(name + " failed"));
        return place;
    }

    @Test
    void thoseWhoWaitGetTheirTurnInOrder() {
        ConnectionPermits places = places(1, 10);
        ConnectionPermits.Place first = entered(places, "first");
        ConnectionPermits.Place second = entered(places, "second");
        entered(places, "third");
        assertThat(turns).containsExactly("first");
        first.leave();
        assertThat(turns).containsExactly("first", "second");
        second.leave();
        assertThat(turns).containsExactly("first", "second", "third");
    }

    @Test
    void whoLeavesTheQueueFreesHisPlaceInItAtOnce() {
        ConnectionPermits places = places(1, 1);
        entered(places, "first");
        ConnectionPermits.Place second = entered(places, "second");
        assertThatThrownBy(places::enter).isInstanceOf(RejectedException.class);
        second.leave();
        entered(places, "third");
        assertThatThrownBy(places::enter).isInstanceOf(RejectedException.class);
    }

    @Test
    void leavingTwiceGivesOnePlace() {
        ConnectionPermits places = places(1, 10);
        ConnectionPermits.Place first = entered(places, "first");
        entered(places, "second");
        entered(places, "third");
        first.leave();
        first.leave();
        assertThat(turns).containsExactly("first", "second");
    }

    @Test
    void waitingTooLongIsARejection() {
        ConnectionPermits places = places(1, 10);
        entered(places, "first");
        List<Throwable> errors = new ArrayList<>();
        places.enter().await(() -> turns.add("second"), errors::add);
        time.advanceTimeBy(Duration.ofSeconds(10).minusNanos(1));
        assertThat(errors).isEmpty();
        time.advanceTimeBy(Duration.ofNanos(1));
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .isInstanceOf(RejectedException.class)
                        .hasMessageContaining("none of 1 connections became free within 10 s"));
        assertThat(turns).containsExactly("first");
    }

    @Test
    void whoHasLeftWaitsForNothing() {
        ConnectionPermits places = places(1, 10);
        ConnectionPermits.Place first = entered(places, "first");
        entered(places, "second").leave();
        time.advanceTimeBy(Duration.ofSeconds(11));
        first.leave();
        assertThat(turns).containsExactly("first");
    }

    @Test
    void noPlaceIsLostOrGivenTwiceWhereManyComeAndGo() throws InterruptedException {
        ConnectionPermits places = places(3, 100_000);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int threads = 4;
        int rounds = 5_000;
        CountDownLatch served = new CountDownLatch(threads * rounds);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int t = 0; t < threads; t++) {
            boolean impatient = t == 0;
            pool.execute(() -> {
                for (int i = 0; i < rounds; i++) {
                    ConnectionPermits.Place place = places.enter();
                    if (impatient) {
                        place.leave();
                        served.countDown();
                    } else {
                        place.await(
                                () -> {
                                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                    inside.decrementAndGet();
                                    place.leave();
                                    served.countDown();
                                },
                                error -> {});
                    }
                }
            });
        }
        assertThat(served.await(3, TimeUnit.MINUTES)).isTrue();
        pool.shutdownNow();
        assertThat(most.get()).isBetween(1, 3);
        turns.clear();
        for (int i = 0; i < 4; i++) {
            entered(places, "late");
        }
        assertThat(turns).containsExactly("late", "late", "late");
    }
}
