package io.aicore.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationLimitsTest {

    private static final AllocationLimits LIMITS =
            new AllocationLimits(Map.of("RetryBenchmark.success", 1_000.0, "SocketBenchmark.chunk", 1_000.0));

    private static List<Measured> measured(double inMemory, double overSockets) {
        return List.of(
                new Measured("RetryBenchmark.success", inMemory), new Measured("SocketBenchmark.chunk", overSockets));
    }

    @Test
    void threePercentAndSixteenBytesAreAllowedAndTenPercentOverSockets() {
        assertThat(LIMITS.violations(measured(1_046, 1_100))).isEmpty();
        assertThat(LIMITS.violations(measured(1, 1))).isEmpty();
    }

    @Test
    void aViolationNamesBenchmarkLimitAndWhatWasMeasured() {
        assertThat(LIMITS.violations(measured(1_046.2, 1_100.2)))
                .containsExactly(
                        "RetryBenchmark.success: limit 1,046.0 B per operation, measured 1,046.2 B",
                        "SocketBenchmark.chunk: limit 1,100.0 B per operation, measured 1,100.2 B");
    }

    @Test
    void aBenchmarkWithoutLimitAndALimitWithoutBenchmarkAreViolations() {
        assertThat(LIMITS.violations(
                        List.of(new Measured("RetryBenchmark.success", 1), new Measured("RetryBenchmark.fresh", 1))))
                .containsExactly(
                        "RetryBenchmark.fresh: has no limit (expected: a line in the file, written by \"update\")",
                        "SocketBenchmark.chunk: has a limit, and there is no such benchmark");
    }

    @Test
    void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("limits.properties");

        AllocationLimits.of(measured(488.3, 6_753.6)).write(file);

        assertThat(AllocationLimits.read(file).expected())
                .isEqualTo(Map.of("RetryBenchmark.success", 488.3, "SocketBenchmark.chunk", 6_753.6));
    }

    @Test
    void aLineThatIsNoNumberIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("limits.properties"), "RetryBenchmark.success=few");

        assertThatThrownBy(() -> AllocationLimits.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RetryBenchmark.success: few (expected: bytes per operation)");
    }

    @Test
    void theTableShowsEachBenchmark() {
        assertThat(LIMITS.table(measured(900, 950)).lines())
                .anySatisfy(line -> assertThat(line).matches("RetryBenchmark\\.success +1,000\\.0 +1,046\\.0 +900\\.0"))
                .anySatisfy(line -> assertThat(line).matches("SocketBenchmark\\.chunk +1,000\\.0 +1,100\\.0 +950\\.0"));
    }
}
