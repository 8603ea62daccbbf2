package io.aicore.observability;

import static io.aicore.observability.LastingCausesTest.waits;
import static io.aicore.observability.StoreSuite.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 file that takes no records until somebody has mended something. */
class H2CausesTest {

    @TempDir
    Path directory;

    @Test
    void aFileThatAnotherProcessHas() throws IOException {
        String file = directory.resolve("calls").toString();
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeldFile.class.getName(),
                        file)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("held");

            waits(
                    file,
                    "url: the database " + file
                            + " is in use by another process: an H2 file belongs to one process at a time",
                    () -> ended(holder));
        } finally {
            holder.destroyForcibly();
        }
    }

    private static void ended(Process holder) {
        try {
            holder.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(holder.onExit().join().exitValue()).isZero();
    }

    @Test
    void aWrongPassword() {
        String file = directory.resolve("calls").toString();
        try (LlmOperationCollector owner = LlmOperationCollector.at(url(file, "right"))) {
            done(owner.check());
        }

        waits(
                url(file, "mistaken"),
                "url: the database " + file + " refuses the user or the password",
                () -> changePassword(file));
    }

    private static String url(String file, String password) {
        return "r2dbc:h2:file://keeper:" + password + "@/" + file;
    }

    private static void changePassword(String file) {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file, "keeper", "right");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER USER keeper SET PASSWORD 'mistaken'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
