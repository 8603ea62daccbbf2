package io.aicore.observability;

import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Builds a {@link LlmOperationCollector}. A wrong value is an {@link IllegalArgumentException} that names it. */
public final class LlmOperationCollectorBuilder {

    private static final String FILE = "aicore-observability";
    private static final int MAX_BUFFER = 1_000_000;
    private static final int MAX_CONTENT = 1_000_000;

    private String url = FILE;
    private @Nullable ConnectionFactory connectionFactory;
    private int bufferSize = 10_000;
    private Contents contents = Contents.OFF;
    private Retention retention = Retention.KEEP_ALL;
    private Duration closeTimeout = Duration.ofSeconds(10);
    private Duration flushTimeout = Duration.ofSeconds(30);
    private boolean flushAtExit = true;
    private TraceSource traces = TraceSource.found();
    private Set<String> databaseOptions = Set.of();
    private Clock clock = Clock.systemUTC();
    private Scheduler scheduler = Schedulers.parallel();

    LlmOperationCollectorBuilder() {}

    /** An R2DBC URL, or the path of an H2 file, with or without {@code .mv.db}. Default: {@code aicore-observability}. */
    public LlmOperationCollectorBuilder url(String url) {
        if (url.isBlank()) {
            throw new IllegalArgumentException("url: '' (expected: r2dbc:h2:…, r2dbc:postgresql:… or a file)");
        }
        this.url = url;
        this.connectionFactory = null;
        return this;
    }

    /**
     * A database that the program uses already, H2 or PostgreSQL, in place of a URL: the tables are made there in the schema
     * that its connections begin with. At most 4 connections are in use at once, and each goes back after a minute without
     * work; with H2, and always at the latest, when the collector is closed. The factory is not closed with it.
     */
    public LlmOperationCollectorBuilder connectionFactory(ConnectionFactory factory) {
        this.connectionFactory = Objects.requireNonNull(factory, "connectionFactory");
        return this;
    }

    /** How many calls may wait to be written, 1 to 1,000,000. Default: 10,000. */
    public LlmOperationCollectorBuilder bufferSize(int bufferSize) {
        this.bufferSize = between("bufferSize", bufferSize, MAX_BUFFER);
        return this;
    }

    /**
     * Stores what was asked and answered, which is off by default: the text of the messages and of the answer, each through
     * this redaction and then cut.
     *
     * @param redaction what may be stored of a text; if it throws, nothing of it is. Called on the threads that run the
     *     calls, so it must not block
     * @param maxChars of each of both, 1 to 1,000,000; they are held in the buffer until they are written
     */
    public LlmOperationCollectorBuilder storeContent(UnaryOperator<String> redaction, int maxChars) {
        this.contents = Contents.stored(
                Objects.requireNonNull(redaction, "redaction"), between("maxChars", maxChars, MAX_CONTENT));
        return this;
    }

    /** Forgets calls that began, and circuits' changes that were, longer ago than this, within a minute. Default: keeps all. */
    public LlmOperationCollectorBuilder keepFor(Duration age) {
        this.retention = new Retention(positive("keepFor", age), retention.count());
        return this;
    }

    /** Keeps this many calls, the newest, give or take a minute's, and the circuits' changes since. Default: all. */
    public LlmOperationCollectorBuilder keepNewest(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("keepNewest: " + count + " (expected: >= 1)");
        }
        this.retention = new Retention(retention.age(), count);
        return this;
    }

    /** How long {@link LlmOperationCollector#close()} waits for what is buffered. Default: 10 s. */
    public LlmOperationCollectorBuilder closeTimeout(Duration timeout) {
        this.closeTimeout = positive("closeTimeout", timeout);
        return this;
    }

    /** How long {@link LlmOperationCollector#flush()} waits for the database. Default: 30 s. */
    public LlmOperationCollectorBuilder flushTimeout(Duration timeout) {
        this.flushTimeout = positive("flushTimeout", timeout);
        return this;
    }

    /**
     * Whether what is buffered is written when the JVM ends and nobody has closed the collector, for as long as the close
     * timeout. Default: true. The hook is there from the first call that is recorded to the close.
     */
    public LlmOperationCollectorBuilder flushAtExit(boolean flush) {
        this.flushAtExit = flush;
        return this;
    }

    /**
     * Allows options in the URL beyond those that are always: {@code INIT} and others run SQL or write files when the
     * database is opened, so that a URL from elsewhere may not have them.
     *
     * @param names of the options, in upper or lower case
     */
    public LlmOperationCollectorBuilder allowDatabaseOptions(String... names) {
        this.databaseOptions = Set.of(names);
        return this;
    }

    /** Where the trace of a call is found. Default: Micrometer's observation in the caller's Reactor Context. */
    public LlmOperationCollectorBuilder traces(TraceSource traces) {
        this.traces = Objects.requireNonNull(traces, "traces");
        return this;
    }

    /** The clock of the records. Default: the system's. */
    public LlmOperationCollectorBuilder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** Timer of the writing, for tests on virtual time. Default: Reactor's parallel scheduler. */
    public LlmOperationCollectorBuilder scheduler(Scheduler scheduler) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        return this;
    }

    /**
     * The collector. It connects when there is something to write or read.
     *
     * @throws IllegalArgumentException if no R2DBC driver takes the URL, or the database is none that we know
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

    Contents contents() {
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
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + most + ")");
        }
        return value;
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
        return value;
    }
}
