package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Old calls are deleted, with their attempts and circuit changes. */
abstract class RetentionSuite extends StoreSuite {

    @Test
    void oldCallsAreForgottenWithTheirAttempts() {
        done(store.write(IntStream.range(0, 10)
                .mapToObj(i -> Calls.at("id-" + i, Calls.NOON.plusSeconds(i)))
                .toList()));

        StepVerifier.create(store.deleteBefore(Calls.NOON.plusSeconds(4)))
                .expectNext(4L)
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(store.keepNewest(2, 1))
                .expectNext(4L)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(ids(OperationFilter.ALL)).containsExactly("id-9", "id-8");
    }

    @Test
    void theNewestAreFoundOnceEnoughAreTooMany() {
        done(store.write(Stream.of("d", "b", "a", "c")
                .map(id -> Calls.at(id, Calls.NOON))
                .toList()));

        assertThat(store.keepNewest(2, 3).block(PATIENCE)).isZero();
        assertThat(store.keepNewest(2, 2).block(PATIENCE)).isEqualTo(2);
        assertThat(ids(OperationFilter.ALL)).containsExactly("a", "b");
        assertThat(store.keepNewest(1, 2).block(PATIENCE)).isZero();
    }

    @Test
    void theCollectorForgetsWhatIsTooOld() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        done(store.write(IntStream.range(0, 10)
                .mapToObj(i -> Calls.at("id-" + i, Calls.NOON.plusSeconds(i)))
                .toList()));
        done(store.writeCircuits(List.of(opened(Calls.NOON.plusSeconds(3)), opened(Calls.NOON.plusSeconds(4)))));
        LlmOperationCollector collector = LlmOperationCollector.builder()
                .url(url)
                .keepFor(Duration.ofHours(1))
                .clock(Clock.fixed(Calls.NOON.plusSeconds(4).plus(Duration.ofHours(1)), ZoneOffset.UTC))
                .scheduler(time)
                .build();

        time.advanceTimeBy(Duration.ofSeconds(59));
        assertThat(ids(OperationFilter.ALL)).hasSize(10);
        time.advanceTimeBy(Duration.ofSeconds(1));
        await(store.circuitChanges(Instant.EPOCH, Calls.NOON.plusSeconds(9))
                .count()
                .map(count -> count == 1));

        assertThat(ids(OperationFilter.ALL)).hasSize(6).endsWith("id-4");
        assertThat(changes()).containsExactly(Calls.NOON.plusSeconds(4));
        done(collector.closeLater());
    }

    @Test
    void callsAreCountedAgainOnlyIfSomethingWasWritten() {
        Retention three = new Retention(null, 3L);
        done(store.write(IntStream.range(0, 4)
                .mapToObj(i -> Calls.at("id-" + i, Calls.NOON.plusSeconds(i)))
                .toList()));
        AtomicReference<String> seen = new AtomicReference<>(store.changeMark().block(PATIENCE));

        done(three.applyToNews(store, Clock.systemUTC(), seen));
        assertThat(ids(OperationFilter.ALL)).hasSize(4);

        done(store.write(List.of(Calls.at("id-4", Calls.NOON.plusSeconds(4)))));
        done(three.applyToNews(store, Clock.systemUTC(), seen));
        assertThat(ids(OperationFilter.ALL)).containsExactly("id-4", "id-3", "id-2");
        assertThat(seen.get()).isNotEmpty();
    }

    @Test
    void theCollectorKeepsTheNewestMinuteByMinute() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        LlmOperationCollector collector = LlmOperationCollector.builder()
                .url(url)
                .keepNewest(3)
                .scheduler(time)
                .build();
        done(store.writeCircuits(List.of(opened(Calls.NOON.minusSeconds(1)))));
        done(store.write(List.of(Calls.at("first", Calls.NOON))));
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(changes()).hasSize(1);

        done(store.writeCircuits(List.of(opened(Calls.NOON.plusSeconds(8)))));
        done(store.write(IntStream.range(0, 10)
                .mapToObj(i -> Calls.at("id-" + i, Calls.NOON.plusSeconds(i)))
                .toList()));
        await(Mono.fromRunnable(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .then(store.circuitChanges(Instant.EPOCH, Calls.NOON).hasElements())
                .map(stillThere -> !stillThere));

        assertThat(ids(OperationFilter.ALL)).containsExactly("id-9", "id-8", "id-7");
        assertThat(changes()).containsExactly(Calls.NOON.plusSeconds(8));
        done(collector.closeLater());
    }
}
