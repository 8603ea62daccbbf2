package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class BatchWriterTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final DropCounter drops = new DropCounter("records of calls", time);
    private final OutageLog outage = new OutageLog(
            "records of calls",
            time,
            error ->
                    new Address.Cause(String.valueOf(error.getMessage()), "wrong password".equals(error.getMessage())));
    private final List<List<String>> batches = new ArrayList<>();

    private BatchWriter<LlmOperation> writer(int capacity, Function<List<String>, Mono<Void>> database) {
        return new BatchWriter<>(
                operations -> {
                    List<String> ids = operations.stream().map(LlmOperation::id).toList();
                    return database.apply(ids).doOnSuccess(nothing -> batches.add(ids));
                },
                capacity,
                time,
                drops,
                outage);
    }

    private static void offer(BatchWriter<LlmOperation> writer, int from, int to) {
        IntStream.range(from, to).forEach(i -> writer.offer(Calls.call(String.valueOf(i), "openai", 0)));
    }

    private List<Integer> sizes() {
        return batches.stream().map(List::size).toList();
    }

    @Test
    void recordsAreGatheredAndWrittenInBatches() {
        BatchWriter<LlmOperation> writer = writer(10_000, ids -> Mono.empty());
        offer(writer, 0, 3);
        assertThat(batches).isEmpty();
        time.advanceTimeBy(Duration.ofMillis(400));
        assertThat(batches).containsExactly(List.of("0", "1", "2"));

        offer(writer, 3, 1_204);
        time.advanceTimeBy(Duration.ofMillis(400));
        // What is no whole batch waits for more to come.
        assertThat(sizes()).containsExactly(3, 500, 500);
        offer(writer, 1_204, 1_210);
        time.advanceTimeBy(Duration.ofMillis(400));
        assertThat(sizes()).containsExactly(3, 500, 500, 207);
        assertThat(writer.written()).isEqualTo(1_210);
        assertThat(writer.buffered()).isZero();
    }

    @Test
    void aBufferThatIsHalfFullIsNotLeftToOverflow() {
        BatchWriter<LlmOperation> writer = writer(100, ids -> Mono.empty());
        offer(writer, 0, 50);
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(batches).isEmpty();

        offer(writer, 50, 51);
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(sizes()).containsExactly(51);
    }

    @Test
    void whatDoesNotFitIsDroppedAndCounted() {
        BatchWriter<LlmOperation> writer = writer(10, ids -> Mono.never());
        offer(writer, 0, 25);
        time.advanceTimeBy(Duration.ofSeconds(1));
        offer(writer, 25, 30);

        assertThat(drops.count()).isEqualTo(20);
        assertThat(writer.buffered()).isEqualTo(10);
    }

    @Test
    void aDatabaseThatIsAwayIsTriedUntilItIsBackAndLosesNothing() {
        boolean[] up = {false};
        BatchWriter<LlmOperation> writer =
                writer(100, ids -> up[0] ? Mono.empty() : Mono.error(new R2dbcNonTransientResourceException("gone")));
        offer(writer, 0, 5);
        time.advanceTimeBy(Duration.ofHours(5));
        offer(writer, 5, 8);
        assertThat(batches).isEmpty();

        up[0] = true;
        time.advanceTimeBy(Duration.ofSeconds(30));
        assertThat(sizes()).containsExactly(5, 3);
        assertThat(drops.count()).isZero();
    }

    @Test
    void whatSomebodyHasToMendIsTriedOnceAMinuteAndAtOnceForWhoWaits() {
        boolean[] mended = {false};
        int[] tries = {0};
        BatchWriter<LlmOperation> writer = writer(100, ids -> {
            tries[0]++;
            return mended[0] ? Mono.empty() : Mono.error(new R2dbcNonTransientResourceException("wrong password"));
        });
        offer(writer, 0, 5);
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(tries[0]).isBetween(48, 90);
        tries[0] = 0;
        time.advanceTimeBy(Duration.ofHours(5));
        assertThat(tries[0]).isBetween(240, 400);
        assertThat(drops.count()).isZero();

        AtomicBoolean flushed = new AtomicBoolean();
        writer.flush().subscribe(nothing -> {}, error -> {}, () -> flushed.set(true));
        tries[0] = 0;
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(tries[0]).isBetween(8, 15);
        mended[0] = true;
        time.advanceTimeBy(Duration.ofMillis(1_250));
        assertThat(flushed).isTrue();
        assertThat(sizes()).containsExactly(5);
        assertThat(writer.written()).isEqualTo(5);
    }

    @Test
    void aFlushWakesTheWriter() {
        boolean[] mended = {false};
        BatchWriter<LlmOperation> writer = writer(
                100,
                ids -> mended[0] ? Mono.empty() : Mono.error(new R2dbcNonTransientResourceException("wrong password")));
        offer(writer, 0, 5);
        time.advanceTimeBy(Duration.ofHours(1));
        mended[0] = true;

        StepVerifier.create(writer.flush())
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .verifyComplete();
        assertThat(sizes()).containsExactly(5);
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsTriedAgain() {
        int[] calls = {0};
        BatchWriter<LlmOperation> writer = writer(100, ids -> calls[0]++ == 0 ? Mono.never() : Mono.empty());
        offer(writer, 0, 5);
        time.advanceTimeBy(Duration.ofSeconds(32));
        assertThat(sizes()).containsExactly(5);
    }

    static List<RuntimeException> refusals() {
        return List.of(
                new R2dbcDataIntegrityViolationException("there already"),
                new R2dbcNonTransientResourceException("out of range", "22003"),
                new IllegalArgumentException("a value that cannot be bound"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRecordTheDatabaseRefusesIsDroppedAlone(RuntimeException refusal) {
        BatchWriter<LlmOperation> writer = writer(100, ids -> ids.contains("2") ? Mono.error(refusal) : Mono.empty());
        offer(writer, 0, 4);
        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(batches).containsExactly(List.of("0"), List.of("1"), List.of("3"));
        assertThat(drops.count()).isEqualTo(1);
        assertThat(writer.written()).isEqualTo(3);
        assertThat(writer.buffered()).isZero();
    }

    @Test
    void aFlushWaitsForWhatWasOfferedBefore() {
        BatchWriter<LlmOperation> writer =
                writer(100, ids -> Mono.delay(Duration.ofSeconds(1), time).then());
        StepVerifier.create(writer.flush()).verifyComplete();
        offer(writer, 0, 2);
        AtomicBoolean flushed = new AtomicBoolean();

        StepVerifier.create(writer.flush().doOnTerminate(() -> flushed.set(true)))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(900)))
                .then(() -> assertThat(flushed).isFalse())
                .then(() -> time.advanceTimeBy(Duration.ofMillis(200)))
                .verifyComplete();
        assertThat(batches).containsExactly(List.of("0", "1"));
    }

    @Test
    void closingDropsWhatWaitsAndWhatIsBeingWritten() {
        BatchWriter<LlmOperation> writer = writer(2_000, ids -> Mono.never());
        offer(writer, 0, 700);
        time.advanceTimeBy(Duration.ofSeconds(1));
        writer.close();
        offer(writer, 700, 702);

        assertThat(drops.count()).isEqualTo(702);
        assertThat(writer.buffered()).isZero();
        StepVerifier.create(writer.flush()).verifyComplete();
    }
}
