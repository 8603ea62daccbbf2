package io.aicore.examples.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What this process has used of all processors, without the just-in-time compiler, which works for minutes, is paid once, and
 * would be most of what is measured. Only Linux tells it apart; elsewhere it counts.
 */
final class ProcessorTime {

    private static final Path THREADS = Path.of("/proc/self/task");
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** By thread: those that have ended have worked too. */
    private final Map<Path, Long> compilers = new HashMap<>();

    /** In nanoseconds, told in hundredths of a second. */
    long nanos() {
        return SYSTEM.getProcessCpuTime() - compiled();
    }

    private long compiled() {
        if (Files.isDirectory(THREADS)) {
            try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
                threads.forEach(this::look);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return compilers.values().stream().mapToLong(Long::longValue).sum();
    }

    private void look(Path thread) {
        try {
            if (Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*")) {
                String[] times = Files.readString(thread.resolve("schedstat")).split(" ", -1);
                compilers.put(thread, Long.valueOf(times[0]));
            }
        } catch (IOException e) {
            // Unless it has ended between the listing and the look.
            if (Files.exists(thread)) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
