package io.aicore.observability;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The address of a database: an R2DBC URL or the path of an H2 file. Error messages never contain the password of a
 * URL.
 */
final class Address {

    private static final String URL = "r2dbc:";
    static final String FILE_ENDING = ".mv.db";
    private static final String IN_USE = "is in use by another process: an H2 file belongs to one process at a time";
    private static final String EXPECTED =
            "(expected: r2dbc:h2:file:///…, r2dbc:postgresql://user:password@host:port/database or the path of an H2 file)";

    private static final Map<String, String> DRIVERS = Map.of(
            "h2", "io.r2dbc:r2dbc-h2",
            "postgresql", "org.postgresql:r2dbc-postgresql",
            "postgres", "org.postgresql:r2dbc-postgresql");

    private final ConnectionFactoryOptions options;
    private final @Nullable ConnectionFactory given;

    private Address(ConnectionFactoryOptions options, @Nullable ConnectionFactory given) {
        this.options = options;
        this.given = given;
    }

    /** Wherever this factory connects, which it alone knows. */
    static Address of(ConnectionFactory given) {
        String product = given.getMetadata().getName();
        return new Address(
                ConnectionFactoryOptions.builder()
                        .option(ConnectionFactoryOptions.DRIVER, product)
                        .build(),
                given);
    }

    /**
     * Parses an address.
     *
     * @throws IllegalArgumentException if it is invalid
     */
    static Address of(String text) {
        return of(text, Set.of());
    }

    /** Parses an address with additional allowed options. */
    static Address of(String text, Set<String> allowed) {
        return new Address(text.startsWith(URL) ? parsed(text, allowed) : file(text), null);
    }

    /**
     * Creates the connection factory.
     *
     * @throws IllegalArgumentException if no driver supports it, or the driver does not load
     */
    ConnectionFactory factory() {
        if (given != null) {
            return given;
        }
        String driver = value(ConnectionFactoryOptions.DRIVER);
        String artifact = DRIVERS.get(driver);
        try {
            ConnectionFactory factory = ConnectionFactories.find(options);
            if (factory != null) {
                return factory;
            }
        } catch (LinkageError | ServiceConfigurationError e) {
            throw new IllegalArgumentException(
                    "url: the R2DBC driver of r2dbc:" + driver + " does not load (expected: "
                            + (artifact == null ? "all its dependencies" : artifact + " and all its dependencies")
                            + " among the dependencies; missing: " + e.getMessage() + ")",
                    e);
        }
        throw new IllegalArgumentException("url: no R2DBC driver supports r2dbc:" + driver + " "
                + (artifact == null ? EXPECTED : "(expected: " + artifact + " among the dependencies)"));
    }

    /**
     * What the database behind this factory understands.
     *
     * @throws IllegalArgumentException if it is a product that we do not know
     */
    Dialect dialect(ConnectionFactory factory) {
        return Dialect.of(setting(), factory.getMetadata().getName());
    }

    /** Restricts the file of a new database to its owner. Blocks. */
    void makeOwn() {
        boolean ofFile = "h2".equals(value(ConnectionFactoryOptions.DRIVER))
                && "file".equals(value(ConnectionFactoryOptions.PROTOCOL))
                && !"TRUE".equalsIgnoreCase(value(Option.valueOf("IFEXISTS")));
        if (ofFile) {
            OwnerOnlyFile.make(value(ConnectionFactoryOptions.DATABASE));
        }
    }

    /** Describes the error of a failed connection in one sentence. */
    Throwable explained(Throwable error) {
        Cause cause = cause(error);
        return cause == null
                ? error
                : new R2dbcNonTransientResourceException(setting() + this + " " + cause.text(), error);
    }

    /** Describes the error in one sentence, without the data to be written. */
    Cause sentence(Throwable error) {
        Cause cause = cause(error);
        return cause == null
                ? Cause.passing(error.getClass().getName())
                : new Cause(setting() + this + " " + cause.text(), cause.lasting());
    }

    /**
     * Why a database does not accept records.
     *
     * @param lasting whether it stays so until someone fixes it
     */
    record Cause(String text, boolean lasting) {

        static Cause passing(String text) {
            return new Cause(text, false);
        }

        static Cause lasting(String text) {
            return new Cause(text, true);
        }
    }

    private String setting() {
        return given == null ? "url: " : "connectionFactory: ";
    }

    private @Nullable Cause cause(Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof R2dbcTimeoutException || each instanceof TimeoutException) {
                return Cause.passing(
                        "did not provide a connection in time: it does not respond, another process has its file open, or all connections are in use");
            }
            if (String.valueOf(each.getMessage()).contains("already in use")) {
                return Cause.lasting(IN_USE);
            }
            if (each instanceof Schema.NewerException newer) {
                return Cause.lasting("cannot be used: " + newer.getMessage());
            }
            if (each instanceof R2dbcException known
                    && known.getSqlState() != null
                    && known.getSqlState().length() >= 2) {
                return cause(known.getSqlState(), known);
            }
        }
        return error instanceof R2dbcException ? Cause.passing("cannot be reached: " + error.getMessage()) : null;
    }

    private static Cause cause(String state, R2dbcException error) {
        return switch (state) {
            case "25006", "90097" -> Cause.lasting("is read-only");
            case "90020" -> Cause.lasting(IN_USE);
            case "42501", "90096" -> Cause.lasting("does not let this user write the tables of records");
            case "3D000" -> Cause.lasting("does not exist");
            case "90098" -> Cause.passing("has closed itself: " + root(error));
            case "50000" -> Cause.passing("fails: " + root(error));
            default ->
                switch (state.substring(0, 2)) {
                    case "08" -> Cause.passing("cannot be reached: " + error.getMessage());
                    case "28" -> Cause.lasting("refuses the user or the password");
                    case "53" -> Cause.passing("is out of disk space, memory or connections: " + error.getMessage());
                    default -> Cause.passing("does not open: " + error.getMessage());
                };
        };
    }

    /** The cause that H2 met in its background writes, such as a full disk. */
    private static @Nullable String root(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    /** Without user and password. */
    @Override
    public String toString() {
        if (given != null) {
            return "the database of the given " + value(ConnectionFactoryOptions.DRIVER) + " connection factory";
        }
        String host = value(ConnectionFactoryOptions.HOST);
        String port = value(ConnectionFactoryOptions.PORT);
        String database = value(ConnectionFactoryOptions.DATABASE);
        return host.isEmpty()
                ? "the database " + database
                : "the database " + database + " at " + host + (port.isEmpty() ? "" : ":" + port);
    }

    private String value(Option<?> option) {
        Object value = options.getValue(option);
        return value == null ? "" : value.toString();
    }

    private static ConnectionFactoryOptions parsed(String url, Set<String> allowed) {
        try {
            ConnectionFactoryOptions options = ConnectionFactoryOptions.parse(url);
            UrlOptions.check(url, options, allowed);
            return UrlOptions.ours(options);
        } catch (UrlOptions.RefusedException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            // Its message quotes the url.
            throw new IllegalArgumentException("url: cannot be read as a URL " + EXPECTED);
        }
    }

    private static ConnectionFactoryOptions file(String name) {
        if (name.contains(";")) {
            throw new IllegalArgumentException("url: " + name
                    + " (expected: the path of a file without ';', since H2 takes" + " what follows it for settings)");
        }
        String bare = name.endsWith(FILE_ENDING) ? name.substring(0, name.length() - FILE_ENDING.length()) : name;
        try {
            return ConnectionFactoryOptions.builder()
                    .option(ConnectionFactoryOptions.DRIVER, "h2")
                    .option(ConnectionFactoryOptions.PROTOCOL, "file")
                    // H2 takes no path relative to the working directory unless it says so.
                    .option(
                            ConnectionFactoryOptions.DATABASE,
                            Path.of(bare).toAbsolutePath().toString())
                    // Its errors reach who asks: no need of a file beside it, or lines on the console, too.
                    .option(Option.valueOf("TRACE_LEVEL_FILE"), "0")
                    .option(UrlOptions.CLOSE_ON_EXIT, "FALSE")
                    .build();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("url: " + e.getMessage() + " " + EXPECTED);
        }
    }
}
