package io.aicore.observability;

import static io.aicore.observability.StoreSuite.PATIENCE;
import static io.aicore.observability.StoreSuite.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What a user reads who gave a wrong database. */
class AddressTest {

    private static final String PASSWORD = "s3cr3t";

    @TempDir
    Path directory;

    private static void read(String url) {
        Database database = Database.at(url);
        try {
            new OperationStore(database).count(OperationFilter.ALL).block(PATIENCE);
        } finally {
            done(database.close());
        }
    }

    private static void assertTold(String url, String... words) {
        assertThatThrownBy(() -> read(url))
                .hasMessageContaining("url: ")
                .hasMessageContainingAll(words)
                .satisfies(error -> {
                    for (Throwable each = error; each != null; each = each.getCause()) {
                        assertThat(String.valueOf(each)).doesNotContain(PASSWORD);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r2dbc:mysql://me:" + PASSWORD + "@localhost/calls",
                "r2dbc:",
                "r2dbc:postgresql://me:" + PASSWORD + "@host with space/x",
                "r2dbc:h2",
                "calls;INIT=DROP ALL OBJECTS",
                "calls\0"
            })
    void anAddressThatIsNoneIsToldAtOnce(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Database.at(url))
                .withMessageContaining("url: ")
                .withMessageContaining("expected: ")
                .satisfies(error ->
                        assertThat(error).hasMessageNotContaining(PASSWORD).hasNoCause());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r2dbc:h2:file:///tmp/calls?INIT=RUNSCRIPT%20FROM%20'x'",
                "r2dbc:h2:file:///tmp/calls;INIT=SELECT%201",
                "r2dbc:h2:file:///tmp/calls%3BINIT=SELECT%201",
                "r2dbc:h2:file:///tmp/calls?cache_size=1&trace_level_file=3",
                "r2dbc:h2:mem:///calls?options=INIT=SELECT%201",
                "r2dbc:h2:file:///tmp/calls?%49NIT=SELECT%201",
                "r2dbc:postgresql://me@host/calls?options=-csearch_path=x",
            })
    void anOptionThatMayDoAnythingIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Database.at(url))
                .withMessageStartingWith("url: the option ")
                .withMessageContaining("allowDatabaseOptions")
                .withMessageNotContaining("SELECT");
    }

    @Test
    void anOptionIsAllowedInCode() {
        String url = "r2dbc:h2:file:///" + directory.resolve("calls") + "?TRACE_LEVEL_FILE=0&CACHE_SIZE=1000";

        done(Database.at(Address.of(url, Set.of("trace_level_file"))).close());
    }

    @Test
    void whetherRecordsCanBeWrittenIsAskedAtTheStart() {
        try (LlmOperationCollector there =
                LlmOperationCollector.at(directory.resolve("calls").toString())) {
            done(there.check());
        }
        try (LlmOperationCollector away = LlmOperationCollector.at("r2dbc:postgresql://me@localhost:1/calls")) {
            assertThatThrownBy(() -> away.check().block(PATIENCE))
                    .hasMessageContaining("the database calls at localhost:1 cannot be reached");
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        // Nobody listens there.
        assertTold(
                "r2dbc:postgresql://me:" + PASSWORD + "@localhost:1/calls",
                "the database calls at localhost:1",
                "cannot be reached");
    }

    @Test
    void whatTheDriverSaysBecomesASentence() {
        Address server = Address.of("r2dbc:postgresql://me:" + PASSWORD + "@db.example:5433/calls");
        Address file = Address.of(directory.resolve("calls").toString());

        assertThat(server.explained(new R2dbcPermissionDeniedException("no pg_hba entry", "28P01")))
                .hasMessage("url: the database calls at db.example:5433 refuses the user or the password");
        assertThat(server.explained(new R2dbcTimeoutException("10000 ms")))
                .hasMessageContaining(
                        "url: the database calls at db.example:5433 did not provide a connection in time");
        assertThat(file.explained(
                        new R2dbcNonTransientResourceException("Database may be already in use: \"calls\"", "90020")))
                .hasMessage("url: the database " + directory.resolve("calls")
                        + " is in use by another process: an H2 file belongs to one process at a time");
        assertThat(server.sentence(new R2dbcNonTransientResourceException("FATAL", "3D000"))
                        .text())
                .isEqualTo("url: the database calls at db.example:5433 does not exist");
        assertThat(server.sentence(new R2dbcNonTransientResourceException("ERROR", "25006"))
                        .text())
                .isEqualTo("url: the database calls at db.example:5433 is read-only");
        assertThat(server.sentence(new R2dbcPermissionDeniedException("denied for aicore_operation", "42501"))
                        .text())
                .isEqualTo(
                        "url: the database calls at db.example:5433 does not let this user write the tables of records");
        assertThat(file.sentence(new R2dbcNonTransientResourceException(
                                "General error: see below",
                                "50000",
                                new IllegalStateException(
                                        "writing failed", new IOException("No space left on device"))))
                        .text())
                .isEqualTo("url: the database " + directory.resolve("calls") + " fails: No space left on device");
        assertThat(server.sentence(new IllegalStateException("what was asked")))
                .isEqualTo(Address.Cause.passing("java.lang.IllegalStateException"));
        assertThat(server.explained(new IllegalStateException("a bug"))).hasMessage("a bug");
    }

    @ParameterizedTest
    @CsvSource({
        "25006, true",
        "90097, true",
        "3D000, true",
        "28P01, true",
        "28000, true",
        "42501, true",
        "90020, true",
        "08006, false",
        "53300, false",
        "53100, false",
        "57P03, false",
        "90098, false"
    })
    void whatSomebodyHasToMendIsToldFromWhatPasses(String state, boolean lasting) {
        Address server = Address.of("r2dbc:postgresql://me@db.example/calls");

        assertThat(server.sentence(new R2dbcNonTransientResourceException("said", state))
                        .lasting())
                .isEqualTo(lasting);
    }

    @Test
    void aFileThatIsNoDatabaseIsNamedAndNothingIsWrittenBesideIt() throws IOException {
        Path file = Files.writeString(directory.resolve("calls.mv.db"), "no database ".repeat(1_000));

        assertTold(file.toString(), "the database " + directory.resolve("calls"), "does not open");

        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "100%", "a#b?c=d&e", "ümläut ☃", "$HOME ~ 'quoted'", "calls.mv.db"})
    void aFileMayBeNamedAsItLikes(String name) throws IOException {
        LlmOperationCollector collector =
                LlmOperationCollector.at(directory.resolve(name).toString());
        done(collector.count(OperationFilter.ALL).then(Mono.defer(collector::closeLater)));

        String written = name.endsWith(".mv.db") ? name : name + ".mv.db";
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .isEqualTo(List.of(written));
        }
    }
}
