package io.aicore.retry;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.ContextView;

/** Tells the listeners of one call, each shielded from the others and the call from all of them. */
record Events(List<RetryListener> listeners, String callId, String scope, ContextView context) {

    private static final Logger LOG = Loggers.getLogger(RetryOnFailure.class);

    /** Ask first: with nobody listening no event is made. */
    boolean heard() {
        return !listeners.isEmpty();
    }

    void tell(RetryEvent event) {
        for (RetryListener listener : listeners) {
            Throwable thrown = tell(listener, event);
            if (thrown != null) {
                report(listener, event, thrown);
            }
        }
    }

    private void report(RetryListener culprit, RetryEvent event, Throwable thrown) {
        LOG.warn("A retry listener threw on " + event.getClass().getSimpleName() + "; the call goes on", thrown);
        if (event instanceof RetryEvent.AttemptFailed failed) {
            Suppressed.add(failed.error(), thrown);
        } else if (event instanceof RetryEvent.GaveUp gaveUp) {
            Suppressed.add(gaveUp.error(), thrown);
        }
        RetryEvent told = new RetryEvent.ListenerFailed(callId, scope, event.number(), thrown);
        for (RetryListener other : listeners) {
            Throwable again = other == culprit ? null : tell(other, told);
            if (again != null) {
                LOG.warn("A retry listener threw on ListenerFailed", again);
            }
        }
    }

    private @Nullable Throwable tell(RetryListener listener, RetryEvent event) {
        try {
            listener.onEvent(event, context);
            return null;
        } catch (Throwable thrown) {
            Exceptions.throwIfJvmFatal(thrown);
            return thrown;
        }
    }
}
