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
import java.util.function.Consumer;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Those who observe one call, each shielded from the others and the call from all of them. */
final class Watchers implements RetryListener {

    private static final Logger LOG = Loggers.getLogger(CallObserver.class);
    private static final Watchers NOBODY = new Watchers(List.of());

    private final List<CallObservation> observations;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Watchers(List<CallObservation> observations) {
        this.observations = observations;
    }

    static Watchers begin(List<CallObserver> observers, CallStart start, ContextView context) {
        if (observers.isEmpty()) {
            return NOBODY;
        }
        List<CallObservation> observations = new ArrayList<>(observers.size());
        for (CallObserver observer : observers) {
            try {
                observations.add(Objects.requireNonNull(observer.begin(start, context), "begin gave null"));
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
        return observations.isEmpty() ? NOBODY : new Watchers(observations);
    }

    boolean none() {
        return observations.isEmpty();
    }

    @Override
    public void onEvent(RetryEvent event) {
        tell(observation -> observation.onEvent(event));
    }

    /** A further chunk of a stream has come, so long after the one before. */
    void chunk(Duration gap) {
        tell(observation -> observation.onChunk(gap));
    }

    /** The request of an attempt goes out once more. */
    void resent() {
        tell(CallObservation::onResend);
    }

    /** Told once, however many ends there seem to be. */
    void ended(CallEnd end) {
        if (ended.compareAndSet(false, true)) {
            tell(observation -> observation.ended(end));
        }
    }

    Context attemptContext(Context caller) {
        Context context = caller;
        for (CallObservation observation : observations) {
            try {
                context = Objects.requireNonNull(observation.attemptContext(context), "attemptContext gave null");
            } catch (Throwable thrown) {
                report(thrown);
            }
        }
        return context;
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

    private static void report(Throwable thrown) {
        Guard.throwIfJvmEnds(thrown);
        LOG.warn("An observer of calls threw; the call goes on", thrown);
    }
}
