package io.aicore.observability;

import static io.aicore.observability.StoreSuite.PATIENCE;
import static io.aicore.observability.StoreSuite.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Settings, closing, and a database that is away. */
class CollectorLifecycleTest extends CollectedCalls {

    @Test
    void aDatabaseThatIsNotThereChangesNothingForCallsAndEachLostRecordIsCounted() {
        // A port that nobody listens on: the lowest is never given to a server of a test.
        LlmOperationCollector lost = LlmOperationCollector.builder()
                .url("r2dbc:postgresql://nobody@127.0.0.1:1/none")
                .bufferSize(5)
                .flushTimeout(Duration.ofMillis(50))
                .closeTimeout(Duration.ofMillis(50))
                .build();
        Provider provider = Provider.observed(lost);
        for (int i = 0; i < 8; i++) {
            provider.answers("hi");
            answered(provider, provider.complete("hello"), Duration.ZERO);
        }

        assertThat(lost.dropped()).isEqualTo(3);
        assertThat(lost.buffered()).isEqualTo(5);
        assertThat(lost.droppedCircuitChanges()).isZero();
        StepVerifier.create(lost.flush())
                .expectErrorSatisfies(error ->
                        assertThat(error).hasMessageStartingWith("5 records of calls are not written after 0.05 s"))
                .verify(PATIENCE);
        StepVerifier.create(lost.operations(OperationFilter.ALL)).expectError().verify(PATIENCE);
        done(lost.closeLater());
        assertThat(lost.dropped()).isEqualTo(8);
        assertThat(lost.written()).isZero();
    }

    @Test
    void whoMustNotWaitClosesWithoutWaiting() {
        Provider provider = Provider.observed(collector).answers("a");
        answered(provider, provider.complete("a"), Duration.ZERO);

        Mono.fromRunnable(collector::close).subscribeOn(Schedulers.parallel()).block(PATIENCE);

        done(collector.closeLater());
        assertThat(collector.written()).isEqualTo(1);
    }

    @Test
    void aCloseWaitsForWhatIsBuffered() {
        Provider provider = Provider.observed(collector).answers("a");
        answered(provider, provider.complete("a"), Duration.ZERO);
        collector.close();
        collector.close();

        assertThat(collector.written()).isEqualTo(1);
    }

    @Test
    void whatEndsAfterTheCloseIsDroppedAndCounted() {
        Provider provider = Provider.observed(collector).answers("a").answers("b");
        answered(provider, provider.complete("a"), Duration.ZERO);
        done(collector.closeLater());
        assertThat(collector.written()).isEqualTo(1);
        answered(provider, provider.complete("b"), Duration.ZERO);
        assertThat(collector.dropped()).isEqualTo(1);
    }

    @Test
    void aWrongSettingIsNamed() {
        refused("url: ", builder -> builder.url(" "));
        refused("bufferSize: 0", builder -> builder.bufferSize(0));
        refused("maxChars: 0", builder -> builder.storeContent(text -> text, 0));
        refused("keepFor: ", builder -> builder.keepFor(Duration.ZERO));
        refused("keepNewest: 0", builder -> builder.keepNewest(0));
        refused("closeTimeout: ", builder -> builder.closeTimeout(Duration.ZERO));
        refused(
                "url: ",
                builder -> builder.url("r2dbc:nosuch://user:secret@host/db").build());
    }
}
