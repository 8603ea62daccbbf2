package io.aicore.observability;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitState;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.llm.observe.CallStart;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * Records every call and attempt of the providers it observes, and provides statistics of retries, failures, latency
 * and cost.
 *
 * <pre>{@code
 * try (LlmOperationCollector collector = LlmOperationCollector.create()) {
 *     LlmProvider provider = Llm.from(LlmConfig.builder().fromEnvironment().observer(collector).build());
 *     provider.complete("hello").block();
 *     collector.flush().thenMany(collector.retryStatistics()).toIterable().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p><b>Database.</b> {@link #create()}: the H2 file {@code aicore-observability.mv.db} in the working directory, for
 * one process at a time. {@link #at(String)}: another file, or PostgreSQL for several machines.
 *
 * <p><b>Writing.</b> A record goes into a buffer (default 10,000) and is written to the database in batches, outside
 * the threads that run the calls. If the buffer is full, the newest record is dropped and counted ({@link #dropped()}),
 * with one warning per minute. An unavailable database is retried until it is back; the cause is logged at the first
 * failure and every minute. A cause that someone has to fix (wrong password, missing database or permission, read-only,
 * newer schema, file in use) is logged once and retried every minute, or when {@link #flush()} waits. No call waits or
 * fails because of it. Use {@link #check()} at startup to verify that records can be written.
 *
 * <p><b>Reading.</b> Cold publishers that read on demand, three at a time; further subscribers wait up to 10 s. The
 * latest records may still be in the buffer: {@link #flush()} completes when they are written. A cancel ends the
 * reading at the next row. Errors are those of the R2DBC driver.
 *
 * <p>Thread-safe; may be shared by providers. Close it at the end of the program; otherwise the buffer is written on
 * JVM shutdown ({@link LlmOperationCollectorBuilder#flushAtExit}).
 */
public final class LlmOperationCollector implements CallObserver, AutoCloseable {

    private static final Duration LONGEST_RELEASE = Duration.ofSeconds(10);

    private final Clock clock;
    private final ChangeTimes changes;
    private final ContentCapture contents;
    private final TraceSource traces;
    private final Database database;
    private final OperationStore store;
    private final RecordWriters writers;
    private final RecordIds ids = new RecordIds();
    private final ExitFlush exit;
    private final Mono<Void> closing;
    private final CircuitWatch watch = new CircuitWatch(this::changed);
    private final AdmissionWatch admissions = new AdmissionWatch();
    private final Disposable retention;

    LlmOperationCollector(LlmOperationCollectorBuilder settings) {
        this.clock = settings.clock();
        this.changes = new ChangeTimes(clock);
        this.contents = settings.contents();
        this.traces = settings.traces();
        this.database = Database.at(settings.address());
        this.store = new OperationStore(database);
        this.writers = new RecordWriters(store, settings, database::why);
        // Begun once, and not ended by a caller who does not wait for it.
        this.closing = Mono.defer(this::ended).cache();
        this.exit = new ExitFlush(
                settings.flushAtExit(),
                closing,
                settings.closeTimeout().plus(LONGEST_RELEASE),
                error -> database.why(error).text());
        Retention kept = settings.retention();
        this.retention = kept.keepsAll()
                ? () -> {}
                : kept.keepApplying(store, clock, settings.scheduler()).subscribe();
    }

    /** Creates a collector that records to {@code aicore-observability.mv.db} in the working directory. */
    public static LlmOperationCollector create() {
        return builder().build();
    }

    /**
     * Creates a collector that records to this database.
     *
     * @param url an R2DBC URL ({@code r2dbc:h2:…}, {@code r2dbc:postgresql:…}), or the path of an H2 file
     * @throws IllegalArgumentException if no driver supports it
     */
    public static LlmOperationCollector at(String url) {
        return builder().url(url).build();
    }

    /** A builder with default settings. */
    public static LlmOperationCollectorBuilder builder() {
        return new LlmOperationCollectorBuilder();
    }

    @Override
    public CallObservation begin(CallStart start, ContextView context) {
        CircuitBreaker circuit = start.circuit();
        exit.arm();
        watch.follow(circuit);
        admissions.follow(start);
        Recording.Begun begun = new Recording.Begun(
                start,
                Identity.of(start.request().metadata(), context),
                circuit.state().word(),
                clock.instant(),
                contents.prompt(start.request()),
                traces);
        return new Recording(begun, new AttemptCollector(clock), ids, contents, writers::offer);
    }

    /** The calls that match this filter, newest first, without their attempts. */
    public Flux<LlmOperation> operations(OperationFilter filter) {
        return store.operations(filter);
    }

    /**
     * The calls after this one in the listing of {@link #operations(OperationFilter)}: the next page.
     *
     * @param start when that call began
     * @param id its id
     */
    public Flux<LlmOperation> operationsAfter(OperationFilter filter, Instant start, String id) {
        return store.operationsAfter(filter, start, id);
    }

    /** Number of calls that match this filter. */
    public Mono<Long> count(OperationFilter filter) {
        return store.count(filter);
    }

    /** The providers and models of these calls, in alphabetical order, up to the filter's limit. */
    public Flux<ModelName> models(OperationFilter filter) {
        return store.models(filter);
    }

    /**
     * The call with its attempts, by the id of its record; or the latest call with this id in {@link #named(String)};
     * empty if there is none.
     */
    public Mono<LlmOperation> operation(String id) {
        return store.operation(id);
    }

    /**
     * The calls with this id in logs, traces or at a provider, newest first and without their attempts, at most 1,000.
     *
     * @param id the call id of logs and errors, the id of a trace, or the provider's id of a request of any attempt;
     *     calls recorded before version 2 of the tables are found by the last only
     */
    public Flux<LlmOperation> named(String id) {
        return store.named(id);
    }

    /**
     * Writes the calls that match this filter to a file, newest first, each with its attempts, for use in a data frame.
     * See {@link ExportFormat} for the formats.
     *
     * <p>They are read with backpressure, as a snapshot of the start of the reading. The file appears, or replaces an
     * existing one, when it is complete; after an error or a cancel it does not. It is written on a thread that may
     * block ({@code boundedElastic}). Errors are an {@link java.io.IOException}, those of the R2DBC driver, or an
     * {@link IllegalStateException} if the format's library is missing.
     *
     * @return number of calls in the file
     */
    public Mono<Long> export(OperationFilter filter, ExportFormat format, Path file) {
        return exportWithProgress(filter, format, file).last(0L);
    }

    /**
     * As {@link #export}, but emits the number of calls written so far, after every few hundred. Empty without calls;
     * completes when the file is in place. {@link #count} returns the total.
     */
    public Flux<Long> exportWithProgress(OperationFilter filter, ExportFormat format, Path file) {
        return Export.of(store.operationsWithAttempts(filter), format, file);
    }

    /** Statistics of all calls by provider. */
    public Flux<RetryStatistics> retryStatistics() {
        return retryStatistics(OperationFilter.ALL, GroupBy.PROVIDER);
    }

    /** Statistics of the calls that match this filter, by group; without groups, of all of them together. */
    public Flux<RetryStatistics> retryStatistics(OperationFilter filter, GroupBy... groups) {
        return store.statistics(filter, List.of(groups));
    }

    /**
     * The calls that match this filter by start time, oldest first; buckets without calls are omitted.
     *
     * @param filter with {@code from} and {@code to}
     * @param width width of a bucket, in whole seconds
     * @throws IllegalArgumentException if there would be more than 2,000 buckets
     */
    public Flux<TimelineBucket> timeline(OperationFilter filter, Duration width) {
        return store.timeline(filter, width);
    }

    /**
     * The causes of retries of these calls, in the buckets of {@link #timeline}; buckets without retries are omitted.
     */
    public Flux<RetriesByCause> retriesByCause(OperationFilter filter, Duration width) {
        return store.retriesByCause(filter, width);
    }

    /** Failures of these calls by category, in the buckets of {@link #timeline}; buckets without failures are omitted. */
    public Flux<FailuresByCategory> failuresByCategory(OperationFilter filter, Duration width) {
        return store.failuresByCategory(filter, width);
    }

    /**
     * A text that changes when calls or circuit changes were written by any process. Cheap enough for frequent polling.
     */
    public Mono<String> changeMark() {
        return store.changeMark();
    }

    /** The circuit changes from this time (inclusive) to that (exclusive), oldest first. */
    public Flux<CircuitChange> circuitChanges(Instant from, Instant to) {
        return store.circuitChanges(from, to);
    }

    /** The latest of these circuit changes, oldest first. */
    public Flux<CircuitChange> circuitChanges(Instant from, Instant to, int newest) {
        return store.circuitChanges(from, to, newest);
    }

    /** Id of this process in the database: the instance of its {@link CircuitChange}s. */
    public String instance() {
        return ids.instance();
    }

    /** The circuits of the calls seen by this collector, by name. */
    public Map<String, CircuitBreaker> circuits() {
        return watch.circuits();
    }

    /** What holds calls back now, of the providers of the calls seen by this collector, sorted by name. */
    public List<AdmissionState> admissions() {
        return admissions.states();
    }

    /**
     * Completes if records can be written: the database responds, accepts the user and is writable, and its tables have
     * the current version or were migrated. Otherwise fails with the reason.
     */
    public Mono<Void> check() {
        return store.check();
    }

    /**
     * Completes when all calls that ended before are written or dropped. Waits for an unavailable database up to the
     * flush timeout (default 30 s), then fails with an {@link IllegalStateException} with the number of waiting calls
     * and the cause.
     */
    public Mono<Void> flush() {
        return writers.flush();
    }

    /** Number of calls written to the database by this collector. */
    public long written() {
        return writers.written();
    }

    /** Number of calls not written, because the buffer was full or closed, or the database rejected the record. */
    public long dropped() {
        return writers.dropped();
    }

    /** Number of circuit changes not written, for the same reasons. */
    public long droppedCircuitChanges() {
        return writers.droppedCircuitChanges();
    }

    /** Number of calls waiting to be written. */
    public int buffered() {
        return writers.buffered();
    }

    /**
     * Writes the buffer and closes the database; returns when both are done. Records not written within the close
     * timeout (default 10 s) are dropped, counted and logged, as are calls that end later. On a thread that must not
     * block it starts the close and returns at once. Closing again has no effect.
     */
    @Override
    public void close() {
        if (Schedulers.isInNonBlockingThread()) {
            closeLater().subscribe();
        } else {
            exit.closeAndWait();
        }
    }

    /**
     * As {@link #close()}, without blocking: starts on subscription, completes when the database is closed, and
     * continues after a cancel. Fails with the error of the database's close.
     */
    public Mono<Void> closeLater() {
        return closing;
    }

    private Mono<Void> ended() {
        return writers.drain().then(Mono.defer(() -> {
            exit.disarm();
            retention.dispose();
            watch.close();
            admissions.close();
            writers.close();
            return database.close().timeout(LONGEST_RELEASE);
        }));
    }

    private void changed(String scope, CircuitState state) {
        writers.offer(new CircuitChange(ids.instance(), scope, changes.next(), state));
    }
}
