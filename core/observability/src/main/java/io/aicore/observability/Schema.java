package io.aicore.observability;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The tables, by version. Each version is a script in this package, run once and never changed after a release; a
 * database of an older version is migrated.
 */
final class Schema {

    static final List<String> VERSIONS =
            Stream.of("V1.sql", "V2.sql").map(Schema::read).toList();

    private final Dialect dialect;
    private final List<String> versions;

    Schema(Dialect dialect) {
        this(dialect, VERSIONS);
    }

    /**
     * @param versions scripts, the first of which creates version 1
     */
    Schema(Dialect dialect, List<String> versions) {
        this.dialect = dialect;
        this.versions = versions;
    }

    /** Migrates the database to the current version, in the transaction of this connection; writers are serialized. */
    Mono<Void> migrate(Connection connection) {
        return run(connection, dialect.lock())
                .then(run(connection, "CREATE TABLE IF NOT EXISTS aicore_schema (version INTEGER PRIMARY KEY)"))
                .then(Mono.defer(() -> version(connection)))
                .flatMapMany(version -> Flux.range(version + 1, missing(version)))
                .concatMap(version -> apply(connection, version))
                .then();
    }

    /** The database was written by a newer version of the library; retrying does not help. */
    static final class NewerException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private NewerException(String message) {
            super(message);
        }
    }

    private int missing(int version) {
        if (version > versions.size()) {
            throw new NewerException("the database has schema version " + version + ", this library supports up to "
                    + versions.size() + ": a newer version of the library has updated it");
        }
        return versions.size() - version;
    }

    private static Mono<Integer> version(Connection connection) {
        return Flux.from(connection
                        .createStatement("SELECT COALESCE(MAX(version), 0) AS version FROM aicore_schema")
                        .execute())
                .concatMap(result ->
                        result.map((row, metadata) -> Column.required(row.get("version", Integer.class), "version")))
                .single();
    }

    private Mono<Void> apply(Connection connection, int version) {
        return Flux.fromIterable(statements(versions.get(version - 1)))
                .concatMap(sql -> run(connection, dialect.adapted(sql)))
                .then(run(connection, "INSERT INTO aicore_schema (version) VALUES (" + version + ")"));
    }

    private static Mono<Void> run(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .concatMap(Result::getRowsUpdated)
                .then();
    }

    private static List<String> statements(String script) {
        return Arrays.stream(script.replaceAll("(?m)^--.*$", "").split(";"))
                .map(String::strip)
                .filter(sql -> !sql.isEmpty())
                .toList();
    }

    private static String read(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the jar of aicore-observability");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
