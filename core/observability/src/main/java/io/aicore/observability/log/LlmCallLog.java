package io.aicore.observability.log;

import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.llm.observe.CallStart;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * Logs a WARN for each retry, an ERROR for each failed call and an INFO for each resent request and each wait for
 * admission with SLF4J:
 * {@code LlmConfig.builder().observer(LlmCallLog.create())}.
 *
 * <pre>
 * WARN  openai gpt-5.2: attempt 1 of 4 failed: rate_limited (429); next in 1.05 s: server asked for 1 s; own backoff 0.5 s
 * ERROR openai gpt-5.2: gave up after 4 attempts in 12.3 s, 9.1 s of them waiting: rate_limited (429), retries_exhausted
 * INFO  openai gpt-5.2: attempt 1 of 4 sent again on a new connection: the kept one was closed before an answer
 * INFO  openai gpt-5.2: attempt 1 of 4 waits at least 1.8 s for admission: the gate of the rate limit is closed
 * </pre>
 *
 * <p>Each at most once per second and scope, which is provider and model; the next line has the number of suppressed
 * ones. The first 1,000 scopes are limited separately, all others together. Lines contain numbers and error categories,
 * never prompts, answers or exception messages. The key-value pairs are listed in the package description.
 *
 * <p>Logs on the thread that runs the call: put a blocking appender behind an asynchronous one. Immutable and
 * thread-safe; may be shared by providers.
 */
public final class LlmCallLog implements CallObserver {

    private final Logger log;
    private final Supplier<Scheduler> clock;
    private final LineLimit retries;
    private final LineLimit failures;
    private final LineLimit resends;
    private final LineLimit waits;

    LlmCallLog(Logger log, Supplier<Scheduler> clock) {
        this.log = log;
        this.clock = clock;
        this.retries = new LineLimit(clock);
        this.failures = new LineLimit(clock);
        this.resends = new LineLimit(clock);
        this.waits = new LineLimit(clock);
    }

    /**
     * Creates a log with the clock of Reactor's parallel scheduler.
     *
     * @throws IllegalStateException if SLF4J is not on the class path
     */
    public static LlmCallLog create() {
        try {
            return new LlmCallLog(LoggerFactory.getLogger(LlmCallLog.class), Schedulers::parallel);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "LlmCallLog (expected: org.slf4j:slf4j-api among the dependencies; missing: " + e.getMessage()
                            + ")",
                    e);
        }
    }

    /** Returns a new log with this scheduler's clock. */
    public LlmCallLog scheduler(Scheduler scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        return new LlmCallLog(log, () -> scheduler);
    }

    @Override
    public CallObservation begin(CallStart start, ContextView context) {
        return new LoggedCall(log, start, new LoggedCall.Limits(retries, failures, resends, waits));
    }

    @Override
    public String toString() {
        return "LlmCallLog[" + log.getName() + ", " + clock.get() + "]";
    }
}
