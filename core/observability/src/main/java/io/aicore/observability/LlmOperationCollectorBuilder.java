package io.aicore.observability;

import io.aicore.internal.Check;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Builds a {@link LlmOperationCollector}. An invalid value is an {@link IllegalArgumentException} with its name. */
public final class LlmOperationCollectorBuilder {

    private static final String FILE = "aicore-observability";
    private static final int MAX_BUFFER = 1_000_000;
    private static final int MAX_CONTENT = 1_000_000;

    private String url = FILE;
    private @Nullable ConnectionFactory connectionFactory;
    private int bufferSize = 10_000;
    private ContentCapture contents = ContentCapture.OFF;
    private Retention retention = Retention.KEEP_ALL;
    private Duration closeTimeout = Duration.ofSeconds(10);
    private Duration flushTimeout = Duration.ofSeconds(30);
    private boolean flushAtExit = true;
    private TraceSource traces = TraceSource.found();
    private Set<String> databaseOptions = Set.of();
    private Clock clock = Clock.systemUTC();
    private Scheduler scheduler = Schedulers.parallel();

    LlmOperationCollectorBuilder() {}

    /**
     * Sets the database: an R2DBC URL, or the path of an H2 file, with or without {@code .mv.db}. Default:
     * {@code aicore-observability}.
     */
    public LlmOperationCollectorBuilder url(String url) {
        if (url.isBlank()) {
            throw new IllegalArgumentException("url: '' (expected: r2dbc:h2:…, r2dbc:postgresql:… or a file)");
        }
        this.url = url;
        this.connectionFactory = null;
        return this;
    }

    /**
     * Uses a database of the program, H2 or PostgreSQL, instead of a URL: the tables are created in the default schema
     * of its connections. Uses at most 4 connections, and returns each after a minute without work; with H2, and at the
     * latest, when the collector is closed. The factory is not closed with it.
     */
    public LlmOperationCollectorBuilder connectionFactory(ConnectionFactory factory) {
        this.connectionFactory = Objects.requireNonNull(factory, "connectionFactory");
        return this;
    }

    /** Sets the maximum number of buffered calls, 1 to 1,000,000. Default: 10,000. */
    public LlmOperationCollectorBuilder bufferSize(int bufferSize) {
        this.bufferSize = between("bufferSize", bufferSize, MAX_BUFFER);
        return this;
    }

    /**
     * Enables the storage of prompts and answers, which is off by default: the text of the messages and of the answer,
     * each redacted and then truncated.
     *
     * @param redaction maps a text to what may be stored; if it throws, nothing is stored. Called on the threads that
     *     run the calls; must not block
     * @param maxChars maximum length of each, 1 to 1,000,000; they stay in the buffer until they are written
     */
    public LlmOperationCollectorBuilder storeContent(UnaryOperator<String> redaction, int maxChars) {
        this.contents = ContentCapture.stored(
                Objects.requireNonNull(redaction, "redaction"), between("maxChars", maxChars, MAX_CONTENT));
        return this;
    }

    /** Deletes calls and circuit changes older than this, within a minute. Default: keeps all. */
    public LlmOperationCollectorBuilder keepFor(Duration age) {
        this.retention = new Retention(positive("keepFor", age), retention.count());
        return this;
    }

    /**
     * Keeps this many calls, the newest, and the circuit changes since; between two deletions, up to 1 % more and those of
     * a minute. Default: all.
     */
    public LlmOperationCollectorBuilder keepNewest(long count) {
        Check.that(count >= 1, "keepNewest", count, ">= 1");
        this.retention = new Retention(retention.age(), count);
        return this;
    }

    /** Sets how long {@link LlmOperationCollector#close()} waits for the buffer to be written. Default: 10 s. */
    public LlmOperationCollectorBuilder closeTimeout(Duration timeout) {
        this.closeTimeout = positive("closeTimeout", timeout);
        return this;
    }

    /** Sets how long {@link LlmOperationCollector#flush()} waits for the database. Default: 30 s. */
    public LlmOperationCollectorBuilder flushTimeout(Duration timeout) {
        this.flushTimeout = positive("flushTimeout", timeout);
        return this;
    }

    /**
     * Sets whether the buffer is written on JVM shutdown if the collector is still open, within the close timeout.
     * Default: true. The shutdown hook exists from the first recorded call to the close.
     */
    public LlmOperationCollectorBuilder flushAtExit(boolean flush) {
        this.flushAtExit = flush;
        return this;
    }

    /**
     * Allows options in the URL beyond the default ones: {@code INIT} and others run SQL or write files when the
     * database is opened, so do not allow them for URLs from untrusted sources.
     *
     * @param names names of the options, in any case
     */
    public LlmOperationCollectorBuilder allowDatabaseOptions(String... names) {
        this.databaseOptions = Set.of(names);
        return this;
    }

    /** Sets where the trace of a call is found. Default: Micrometer's observation of the call or around it. */
    public LlmOperationCollectorBuilder traces(TraceSource traces) {
        this.traces = Objects.requireNonNull(traces, "traces");
        return this;
    }

    /** Sets the clock of the records. Default: the system clock. */
    public LlmOperationCollectorBuilder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** Sets the timer of the writer, for tests on virtual time. Default: Reactor's parallel scheduler. */
    public LlmOperationCollectorBuilder scheduler(Scheduler scheduler) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        return this;
    }

    /**
     * Builds the collector. It connects on the first write or read.
     *
     * @throws IllegalArgumentException if no R2DBC driver supports the URL, or the database is not supported
     */
    public LlmOperationCollector build() {
        return new LlmOperationCollector(this);
    }

    Address address() {
        return connectionFactory == null ? Address.of(url, databaseOptions) : Address.of(connectionFactory);
    }

    int bufferSize() {
        return bufferSize;
    }

    ContentCapture contents() {
        return contents;
    }

    Retention retention() {
        return retention;
    }

    Duration closeTimeout() {
        return closeTimeout;
    }

    Duration flushTimeout() {
        return flushTimeout;
    }

    TraceSource traces() {
        return traces;
    }

    boolean flushAtExit() {
        return flushAtExit;
    }

    Clock clock() {
        return clock;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    private static int between(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw Check.wrong(name, value, "1 to " + most);
        }
        return value;
    }

    private static Duration positive(String name, Duration value) {
        Check.positive(value, name);
        return value;
    }
}
