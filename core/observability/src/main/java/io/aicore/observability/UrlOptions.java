package io.aicore.observability;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The options allowed in the URL of a database. Others run SQL when the database is opened, load classes or write
 * files, and a URL often comes from outside the program.
 */
final class UrlOptions {

    static final Option<Object> CLOSE_ON_EXIT = Option.valueOf("DB_CLOSE_ON_EXIT");

    private static final Set<String> ALWAYS = Stream.of(
                    // H2
                    "ACCESS_MODE_DATA CACHE_SIZE CIPHER DB_CLOSE_DELAY DB_CLOSE_ON_EXIT IFEXISTS LOCK_TIMEOUT WRITE_DELAY",
                    // PostgreSQL
                    "APPLICATIONNAME CONNECTTIMEOUT FETCHSIZE HOSTRECHECKTIME LOADBALANCEHOSTS LOCKWAITTIMEOUT"
                            + " PREPAREDSTATEMENTCACHEQUERIES SCHEMA SSL SSLCERT SSLKEY SSLMODE SSLNEGOTIATION SSLPASSWORD"
                            + " SSLROOTCERT SSLSNI STATEMENTTIMEOUT TARGETSERVERTYPE TCPKEEPALIVE TCPNODELAY TIMEZONE"
                            + " USER PASSWORD")
            .flatMap(names -> Stream.of(names.split(" ")))
            .collect(Collectors.toUnmodifiableSet());

    private UrlOptions() {}

    /** An option that is not allowed. */
    static final class RefusedException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private RefusedException(String name) {
            super("url: the option " + name + " (expected: one of "
                    + ALWAYS.stream().sorted().collect(Collectors.joining(", "))
                    + ", or one that allowDatabaseOptions names)");
        }
    }

    /** Options follow {@code ?} and, for H2, {@code ;} in the name of the database. */
    static void check(String url, ConnectionFactoryOptions options, Set<String> allowed) {
        Set<String> more = allowed.stream().map(UrlOptions::upper).collect(Collectors.toSet());
        for (String name : names(url, options)) {
            if (!ALWAYS.contains(upper(name)) && !more.contains(upper(name))) {
                throw new RefusedException(name);
            }
        }
    }

    /** H2 must not close before the buffer is written, unless the URL sets that. */
    static ConnectionFactoryOptions ours(ConnectionFactoryOptions options) {
        boolean h2 = "h2".equals(options.getValue(ConnectionFactoryOptions.DRIVER));
        String database = String.valueOf(options.getValue(ConnectionFactoryOptions.DATABASE));
        return !h2 || options.hasOption(CLOSE_ON_EXIT) || upper(database).contains(";DB_CLOSE_ON_EXIT=")
                ? options
                : options.mutate().option(CLOSE_ON_EXIT, "FALSE").build();
    }

    private static List<String> names(String url, ConnectionFactoryOptions options) {
        int query = url.indexOf('?');
        Stream<String> behind = query < 0
                ? Stream.empty()
                : Stream.of(url.substring(query + 1).split("#", 2)[0].split("&"));
        Stream<String> within = Stream.of(String.valueOf(options.getValue(ConnectionFactoryOptions.DATABASE))
                        .split(";"))
                .skip(1);
        return Stream.concat(behind, within)
                .map(option -> URLDecoder.decode(option.split("=", 2)[0], StandardCharsets.UTF_8)
                        .strip())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
