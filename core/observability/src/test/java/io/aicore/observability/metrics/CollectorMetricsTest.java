package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.observability.LlmOperationCollector;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.scheduler.VirtualTimeScheduler;

class CollectorMetricsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void showsWhatIsBufferedWrittenAndDropped(@TempDir Path directory) {
        VirtualTimeScheduler still = VirtualTimeScheduler.create();
        LlmOperationCollector collector = LlmOperationCollector.builder()
                .url(directory.resolve("calls").toString())
                .bufferSize(2)
                .scheduler(still)
                .build();
        new CollectorMetrics(collector).bindTo(meters);
        ScriptedCalls provider =
                ScriptedCalls.onVirtualTime(VirtualTimeScheduler.create(), config -> config.observer(collector));

        for (int call = 0; call < 3; call++) {
            provider.answers().complete("why").block(PATIENCE);
        }
        assertThat(meters.get("aicore.collector.buffered").gauge().value()).isEqualTo(2);
        assertThat(meters.get("aicore.collector.dropped").functionCounter().count())
                .isEqualTo(1);

        still.advanceTimeBy(Duration.ofSeconds(1));
        collector.flush().block(PATIENCE);
        assertThat(meters.get("aicore.collector.written").functionCounter().count())
                .isEqualTo(2);
        collector.closeLater().block(PATIENCE);
    }
}
