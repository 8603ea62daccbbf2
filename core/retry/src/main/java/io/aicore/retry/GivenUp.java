package io.aicore.retry;

import org.jspecify.annotations.Nullable;

/**
 * Marks an error as final for outer operators and carries the history; suppressed on the error. When a call gives up on
 * the same instance again, its history is replaced, so exceptions kept in constants do not grow.
 */
@SuppressWarnings("serial") // The history holds no serialised form; a copy on another machine goes without it.
final class GivenUp extends RuntimeException {

    private transient volatile RetryHistory history;
    private volatile long call;

    private GivenUp(RetryHistory history, long call) {
        super(null, null, false, false);
        this.history = history;
        this.call = call;
    }

    /**
     * @param again whether the error may be marked already
     */
    static void mark(Throwable error, RetryHistory history, long call, boolean again) {
        GivenUp present = again ? directlyOn(error) : null;
        if (present == null) {
            error.addSuppressed(new GivenUp(history, call));
        } else {
            present.history = history;
            present.call = call;
        }
    }

    static @Nullable GivenUp on(Throwable error) {
        Throwable marked = Causes.first(error, each -> directlyOn(each) != null);
        return marked == null ? null : directlyOn(marked);
    }

    private static @Nullable GivenUp directlyOn(Throwable error) {
        for (Throwable each : error.getSuppressed()) {
            if (each instanceof GivenUp mark) {
                return mark;
            }
        }
        return null;
    }

    RetryHistory history() {
        return history;
    }

    /**
     * Whether the call that gave up started after the given one, and so inside it; false if another call uses the same
     * instance.
     */
    boolean startedAfter(long other) {
        return call > other;
    }

    @Override
    public String getMessage() {
        return String.valueOf(history);
    }
}
