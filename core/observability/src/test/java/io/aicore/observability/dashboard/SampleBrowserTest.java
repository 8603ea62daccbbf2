package io.aicore.observability.dashboard;

import io.aicore.observability.LlmOperation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the page with the calls of the last 50 minutes. */
abstract class SampleBrowserTest extends BrowserTest {

    static final int CALLS = 400;

    @TempDir
    static Path directory;

    static List<LlmOperation> calls;

    static Situation situation;

    @BeforeAll
    static void start() {
        Samples samples = new Samples(Instant.now(), Duration.ofMinutes(50));
        calls = samples.calls(CALLS);
        situation = Situation.with(directory, calls, samples.circuits());
    }

    @AfterAll
    static void stop() {
        leave();
        situation.close();
    }

    static long count(Predicate<LlmOperation> which) {
        return calls.stream().filter(which).count();
    }
}
