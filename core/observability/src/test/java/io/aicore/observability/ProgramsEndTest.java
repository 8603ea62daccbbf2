package io.aicore.observability;

import static io.aicore.observability.StoreSuite.all;
import static io.aicore.observability.StoreSuite.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is in the database when a JVM has ended, asked of JVMs that do. */
class ProgramsEndTest {

    private static final int PATIENCE_SECONDS = 170;

    // However slow the machine is, what can be written is.
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private String database() {
        return directory.resolve("calls").toString();
    }

    private String run(String shell, int calls, boolean flush, boolean atExit, Duration closeTimeout)
            throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        List<String> program = Stream.of(
                        "sh",
                        "-c",
                        shell + "exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Recorder.class.getName(),
                        database(),
                        String.valueOf(calls),
                        String.valueOf(flush),
                        String.valueOf(atExit),
                        String.valueOf(closeTimeout))
                .toList();
        Process process = new ProcessBuilder(program)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    private int recorded() {
        Database database = Database.at(database());
        int calls = all(new OperationStore(database).operations(OperationFilter.ALL))
                .size();
        done(database.close());
        return calls;
    }

    @Test
    void whatIsBufferedWhenTheJvmEndsIsWritten() throws Exception {
        assertThat(run("", 120, false, true, LONG)).contains("answered=120", "written=0");

        assertThat(recorded()).isEqualTo(120);
    }

    @Test
    void unlessThatIsSwitchedOff() throws Exception {
        assertThat(run("", 120, false, false, LONG)).contains("answered=120", "written=0");

        assertThat(recorded()).isZero();
    }

    /** The limit stands for a full disk: H2 meets both where it writes its file in the background. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatCountsAsWrittenIsInAFileThatCannotGrow() throws Exception {
        String told = run("ulimit -f 300; ", 10_000, true, true, Duration.ofMillis(100));

        assertThat(told).contains("records of calls are not written after 5 s: url: the database");
        long written = Long.parseLong(told.replaceAll("(?s).*written=(\\d+).*", "$1"));
        assertThat(written).isPositive().isLessThan(10_000);
        assertThat(recorded()).isGreaterThanOrEqualTo((int) written);
    }
}
