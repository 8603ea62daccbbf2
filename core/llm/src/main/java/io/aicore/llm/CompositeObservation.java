package io.aicore.llm;

import io.aicore.limit.Guard;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.llm.observe.CallStart;
import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryListener;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The observers of one call, isolated from each other and from the call. An error that ends the JVM is kept until the
 * call has ended, see {@link #passJvmEnd}: thrown at once it would not reach the caller, who would wait forever.
 */
final class CompositeObservation implements RetryListener {

    private static final Logger LOG = Loggers.getLogger(CallObserver.class);
    private static final AtomicIntegerFieldUpdater<CompositeObservation> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(CompositeObservation.class, "ended");
    static final CompositeObservation NOBODY = new CompositeObservation(0);

    /** Those that have begun, first ones first. */
    private final CallObservation[] observations;

    private int count;

    @SuppressWarnings("UnusedVariable") // Read by its updater.
    private volatile int ended;

    private volatile @Nullable Throwable jvmEnd;

    private CompositeObservation(int most) {
        this.observations = new CallObservation[most];
    }

    static CompositeObservation begin(List<CallObserver> observers, CallStart start, ContextView context) {
        if (observers.isEmpty()) {
            return NOBODY;
        }
        CompositeObservation watchers = new CompositeObservation(observers.size());
        for (int i = 0; i < observers.size(); i++) {
            try {
                watchers.add(observers.get(i).begin(start, context));
            } catch (Throwable thrown) {
                watchers.report(thrown);
            }
        }
        if (watchers.none()) {
            return NOBODY;
        }
        ContextView shared =
                watchers.extended(Context.of(context), CallObservation::callContext, "callContext returned null");
        watchers.tell(observation -> observation.onBegin(shared));
        return watchers;
    }

    private void add(CallObservation begun) {
        observations[count] = Objects.requireNonNull(begun, "begin returned null");
        count++;
    }

    boolean none() {
        return count == 0 && jvmEnd == null;
    }

    @Override
    public void onEvent(RetryEvent event) {
        tell(observation -> observation.onEvent(event));
        // The retry ends the call before it lets it pass.
        passJvmEnd();
    }

    /** Another chunk of a stream and the time since the previous one. */
    void chunk(Duration gap) {
        tell(observation -> observation.onChunk(gap));
        failAtJvmEnd();
    }

    /** The request of an attempt is sent again. */
    void resent() {
        tell(CallObservation::onResend);
        failAtJvmEnd();
    }

    /** Reported exactly once. */
    void ended(CallEnd end) {
        if (ENDED.compareAndSet(this, 0, 1)) {
            tell(observation -> observation.ended(end));
        }
    }

    Context attemptContext(Context caller) {
        Context context = extended(caller, CallObservation::attemptContext, "attemptContext returned null");
        failAtJvmEnd();
        return context;
    }

    private Context extended(Context caller, BiFunction<CallObservation, Context, Context> adding, String ifNull) {
        Context context = caller;
        for (int i = 0; i < count; i++) {
            try {
                context = Objects.requireNonNull(adding.apply(observations[i], context), ifNull);
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
        return context;
    }

    /** Called when the call has ended: rethrows an observer's error that ends the JVM. */
    void passJvmEnd() {
        Throwable end = jvmEnd;
        if (end != null) {
            Guard.throwIfJvmEnds(end);
        }
    }

    /** Within a call: an error that Reactor delivers, which ends it. */
    private void failAtJvmEnd() {
        Throwable end = jvmEnd;
        if (end != null) {
            throw new IllegalStateException("an observer of calls met the end of the JVM", end);
        }
    }

    private void tell(Consumer<CallObservation> news) {
        for (int i = 0; i < count; i++) {
            try {
                news.accept(observations[i]);
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
    }

    private void report(Throwable thrown) {
        if (Guard.endsJvm(thrown)) {
            jvmEnd = thrown;
        } else {
            LOG.warn("A call observer threw; the call continues", thrown);
        }
    }
}
