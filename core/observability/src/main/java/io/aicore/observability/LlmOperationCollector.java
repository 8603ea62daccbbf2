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
import java.util.Locale;
import java.util.Map;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.ContextView;

/**
 * Records every call and attempt of the providers it observes, and answers what was retried, how often and why.
 *
 * <pre>{@code
 * try (LlmOperationCollector collector = LlmOperationCollector.create()) {
 *     LlmProvider provider = Llm.from(LlmConfig.builder().fromEnvironment().observer(collector).build());
 *     provider.complete("hello").block();
 *     collector.flush().thenMany(collector.retryStatistics()).toIterable().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p><b>Where.</b> {@link #create()}: the H2 file {@code aicore-observability.mv.db} in the working directory, which belongs
 * to one process at a time. {@link #at(String)}: another file, or PostgreSQL for more than one machine.
 *
 * <p><b>Never in the way.</b> A record goes into a buffer (default 10,000) and from there to the database in batches, off the
 * threads that run the calls. When the buffer is full, the newest record is dropped and counted ({@link #dropped()}), with
 * one warning a minute. A database that is away is asked again until it is back; the log has the cause at the first failure
 * and each minute. No call waits or fails for it. {@link #check()} asks at the start whether records can be written.
 *
 * <p><b>Reading.</b> Cold publishers that read as far as they are asked for, three at a time; who comes later waits up to
 * 10 s for a place. What was recorded within the last moments may still be in the buffer: {@link #flush()} completes when it
 * is written. A cancel ends the reading at the next row. Errors are those of the R2DBC driver.
 *
 * <p>Safe for any number of threads and providers. Close it when the program ends; where nobody does, what is buffered is
 * written when the JVM ends ({@link LlmOperationCollectorBuilder#flushAtExit}).
 */
public final class LlmOperationCollector implements CallObserver, AutoCloseable {

    private static final Logger LOG = Loggers.getLogger(LlmOperationCollector.class);
    private static final String CALLS = "records of calls";
    private static final String CIRCUITS = "changes of circuits";
    private static final Duration LONGEST_RELEASE = Duration.ofSeconds(10);

    private final Clock clock;
    private final Contents contents;
    private final TraceSource traces;
    private final Database database;
    private final OperationStore store;
    private final Ids ids = new Ids();
    private final Drops drops;
    private final Drops circuitDrops;
    private final Outage outage;
    private final Duration flushTimeout;
    private final Scheduler scheduler;
    private final ExitFlush exit;
    private final Mono<Void> closing;
    private final BatchWriter<LlmOperation> operations;
    private final BatchWriter<CircuitChange> circuits;
    private final CircuitWatch watch = new CircuitWatch(this::changed);
    private final Duration closeTimeout;
    private final Disposable retention;

    LlmOperationCollector(LlmOperationCollectorBuilder settings) {
        this.clock = settings.clock();
        this.contents = settings.contents();
        this.traces = settings.traces();
        this.database = Database.at(settings.address());
        this.store = new OperationStore(database);
        this.scheduler = settings.scheduler();
        this.drops = new Drops(CALLS, scheduler);
        this.circuitDrops = new Drops(CIRCUITS, scheduler);
        this.outage = new Outage(CALLS, scheduler, database::why);
        this.operations = new BatchWriter<>(store::write, settings.bufferSize(), scheduler, drops, outage);
        this.circuits = new BatchWriter<>(
                store::writeCircuits,
                settings.bufferSize(),
                scheduler,
                circuitDrops,
                new Outage(CIRCUITS, scheduler, database::why));
        this.flushTimeout = settings.flushTimeout();
        // Begun once, and not ended by a caller who does not wait for it.
        this.closing = Mono.defer(this::ended).cache();
        this.exit = new ExitFlush(
                settings.flushAtExit(), closing, settings.closeTimeout().plus(LONGEST_RELEASE), database::why);
        this.closeTimeout = settings.closeTimeout();
        Retention kept = settings.retention();
        this.retention = kept.keepsAll()
                ? () -> {}
                : kept.keepApplying(store, clock, settings.scheduler()).subscribe();
    }

    /** One that records to {@code aicore-observability.mv.db} in the working directory. */
    public static LlmOperationCollector create() {
        return builder().build();
    }

    /**
     * One that records to this database.
     *
     * @param url an R2DBC URL ({@code r2dbc:h2:…}, {@code r2dbc:postgresql:…}), or the path of an H2 file
     * @throws IllegalArgumentException if no driver takes it
     */
    public static LlmOperationCollector at(String url) {
        return builder().url(url).build();
    }

    /** All at its default. */
    public static LlmOperationCollectorBuilder builder() {
        return new LlmOperationCollectorBuilder();
    }

    @Override
    public CallObservation begin(CallStart start, ContextView context) {
        CircuitBreaker circuit = start.circuit();
        exit.arm();
        watch.follow(circuit);
        Recording.Begun begun = new Recording.Begun(
                start,
                Identity.of(start.request().metadata(), context),
                circuit.state().name().toLowerCase(Locale.ROOT),
                clock.instant(),
                contents.prompt(start.request()),
                traces.of(context));
        return new Recording(begun, new Attempts(clock), ids, contents, operations::offer);
    }

    /** The calls this filter lets through, newest first, without their attempts. */
    public Flux<LlmOperation> operations(OperationFilter filter) {
        return store.operations(filter);
    }

    /**
     * What follows after a call in the listing of {@link #operations(OperationFilter)}: the next page.
     *
     * @param start when that call began
     * @param id its id
     */
    public Flux<LlmOperation> operationsAfter(OperationFilter filter, Instant start, String id) {
        return store.operationsAfter(filter, start, id);
    }

    /** How many calls this filter lets through. */
    public Mono<Long> count(OperationFilter filter) {
        return store.count(filter);
    }

    /** The providers and models of these calls, in alphabetical order, as many as the filter's limit. */
    public Flux<ModelName> models(OperationFilter filter) {
        return store.models(filter);
    }

    /**
     * One call with its attempts, by the id of its record or by one of those of {@link #named(String)}, of which it is the
     * newest; empty if there is none.
     */
    public Mono<LlmOperation> operation(String id) {
        return store.operation(id);
    }

    /**
     * The calls that logs, traces or a provider name so, newest first and without their attempts, 1,000 at most.
     *
     * @param id the call id of logs and errors, the id of a trace, or the provider's id of a request of any attempt; calls
     *     that were recorded before version 2 of the tables are found by the last alone
     */
    public Flux<LlmOperation> named(String id) {
        return store.named(id);
    }

    /**
     * Writes the calls this filter lets through to a file, newest first, each with its attempts: for a data frame. How they
     * are written says {@link ExportFormat}.
     *
     * <p>They are read as fast as the file takes them, never all at once, and as they were when the reading began. The file
     * appears, in place of one that is there, when it is whole; after an error or a cancel there is none. It is written on a
     * thread that may block ({@code boundedElastic}). Errors are an {@link java.io.IOException}, those of the R2DBC driver,
     * or an {@link IllegalStateException} if the format needs a library that is not there.
     *
     * @return how many calls are in the file
     */
    public Mono<Long> export(OperationFilter filter, ExportFormat format, Path file) {
        return exportWithProgress(filter, format, file).last(0L);
    }

    /**
     * As {@link #export}, telling on the way how many calls are written: after each few hundred. Nothing for no calls;
     * completes when the file is there. What share of the whole that is, {@link #count} says.
     */
    public Flux<Long> exportWithProgress(OperationFilter filter, ExportFormat format, Path file) {
        return Export.of(store.operationsWithAttempts(filter), format, file);
    }

    /** Statistics of all calls by provider. */
    public Flux<RetryStatistics> retryStatistics() {
        return retryStatistics(OperationFilter.ALL, GroupBy.PROVIDER);
    }

    /** Statistics of the calls this filter lets through, in groups; without a group, of all of them together. */
    public Flux<RetryStatistics> retryStatistics(OperationFilter filter, GroupBy... groups) {
        return store.statistics(filter, List.of(groups));
    }

    /**
     * The calls this filter lets through by when they began, oldest first; spans without a call are left out.
     *
     * @param filter with {@code from} and {@code to}
     * @param width of a span, in whole seconds
     * @throws IllegalArgumentException if there would be more than 2,000 spans
     */
    public Flux<TimelineBucket> timeline(OperationFilter filter, Duration width) {
        return store.timeline(filter, width);
    }

    /** Why these calls were retried, in the spans of {@link #timeline}; spans without a retry are left out. */
    public Flux<RetriesByCause> retriesByCause(OperationFilter filter, Duration width) {
        return store.retriesByCause(filter, width);
    }

    /**
     * A text that is another one after calls or changes of circuits were written, by whichever process. Cheap: for those who
     * ask often whether there is something new to read.
     */
    public Mono<String> changeMark() {
        return store.changeMark();
    }

    /** The changes of circuits from this time (inclusive) to that (exclusive), oldest first. */
    public Flux<CircuitChange> circuitChanges(Instant from, Instant to) {
        return store.circuitChanges(from, to);
    }

    /** The newest of these changes, oldest first. */
    public Flux<CircuitChange> circuitChanges(Instant from, Instant to, int newest) {
        return store.circuitChanges(from, to, newest);
    }

    /** This process among those that write to the database: the instance of its {@link CircuitChange}s. */
    public String instance() {
        return ids.instance();
    }

    /** The circuits of the calls seen by this collector, by name. */
    public Map<String, CircuitBreaker> circuits() {
        return watch.circuits();
    }

    /**
     * Completes when records can be written: the database answers, takes our user, is ours to write to, and its tables are
     * of our version or made so. Else an error that says which of these it is not.
     */
    public Mono<Void> check() {
        return store.check();
    }

    /**
     * Completes when all calls that ended before are written, or dropped. A database that is away is waited for, up to the
     * flush timeout (default 30 s); then this is an {@link IllegalStateException} that says how many wait and why.
     */
    public Mono<Void> flush() {
        return flushed().timeout(flushTimeout, Mono.error(this::unflushed), scheduler);
    }

    private Mono<Void> flushed() {
        return Mono.when(operations.flush(), circuits.flush());
    }

    private IllegalStateException unflushed() {
        return new IllegalStateException(
                buffered() + " records of calls are not written after " + flushTimeout + because());
    }

    private String because() {
        String cause = outage.cause();
        return cause == null ? "" : ": " + cause;
    }

    /** How many calls are in the database because of this collector. */
    public long written() {
        return operations.written();
    }

    /** How many calls are not, because the buffer was full or closed, or the database refused the record. */
    public long dropped() {
        return drops.count();
    }

    /** How many changes of circuits are not in the database, for the same reasons. */
    public long droppedCircuitChanges() {
        return circuitDrops.count();
    }

    /** How many calls wait to be written. */
    public int buffered() {
        return operations.buffered();
    }

    /**
     * Writes what is buffered and lets go of the database; returns when that is done. What is not written within the close
     * timeout (default 10 s) is dropped, counted and told in the log. Calls that end later are dropped. On a thread that
     * must not block it begins the same and returns at once. A second close does nothing more.
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
     * As {@link #close()}, for those who do not wait: begins when it is subscribed to, completes when the database is let go
     * of, and goes on after a cancel. An error is the database's at its own close.
     */
    public Mono<Void> closeLater() {
        return closing;
    }

    private Mono<Void> ended() {
        return flushed().timeout(closeTimeout).onErrorComplete().then(Mono.defer(() -> {
            exit.disarm();
            retention.dispose();
            watch.close();
            int lost = operations.buffered();
            if (lost > 0) {
                LOG.warn(
                        "{} records of calls are lost: not written within {} of the close{}",
                        lost,
                        closeTimeout,
                        because());
            }
            operations.close();
            circuits.close();
            return database.close().timeout(LONGEST_RELEASE);
        }));
    }

    private void changed(String scope, CircuitState state) {
        circuits.offer(new CircuitChange(ids.instance(), scope, clock.instant(), state));
    }
}
