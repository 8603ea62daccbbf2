package io.aicore.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The tools of {@link Cost}. */
class ProcessorTimeTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @Test
    void whatAThreadWorksIsCounted() {
        Duration work = Duration.ofMillis(200);
        ProcessorTime time = new ProcessorTime();
        long before = time.nanos();
        long began = THREADS.getCurrentThreadCpuTime();
        while (THREADS.getCurrentThreadCpuTime() - began < work.toNanos()) {
            Thread.onSpinWait();
        }
        assertThat(time.nanos() - before)
                .isGreaterThanOrEqualTo(work.minusMillis(20).toNanos());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatTheCompilerWorksIsNot() {
        assertThat(new ProcessorTime().nanos()).isLessThan(SYSTEM.getProcessCpuTime());
    }

    @Test
    void aTemporaryDirectoryIsGoneWithWhatIsInIt() throws IOException {
        Path path;
        try (TemporaryDirectory directory = TemporaryDirectory.named("aicore-test")) {
            path = directory.path();
            Files.createDirectories(path.resolve("a/b"));
            Files.writeString(path.resolve("a/b/c"), "text");
        }
        assertThat(path).doesNotExist();
    }
}
