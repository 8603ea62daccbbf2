package io.aicore.llm;

import io.aicore.limit.Guard;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.llm.observe.CallStart;
import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
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
    static final CompositeObservation NOBODY = new CompositeObservation(List.of());

    private final List<CallObservation> observations;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Throwable jvmEnd;

    private CompositeObservation(List<CallObservation> observations) {
        this.observations = observations;
    }

    static CompositeObservation begin(List<CallObserver> observers, CallStart start, ContextView context) {
        if (observers.isEmpty()) {
            return NOBODY;
        }
        List<CallObservation> observations = new ArrayList<>(observers.size());
        CompositeObservation watchers = new CompositeObservation(observations);
        for (CallObserver observer : observers) {
            try {
                observations.add(Objects.requireNonNull(observer.begin(start, context), "begin returned null"));
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

    boolean none() {
        return observations.isEmpty() && jvmEnd == null;
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
        if (ended.compareAndSet(false, true)) {
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
        for (CallObservation observation : observations) {
            try {
                context = Objects.requireNonNull(adding.apply(observation, context), ifNull);
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
        for (CallObservation observation : observations) {
            try {
                news.accept(observation);
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
