package io.aicore.limit;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Who goes first when calls wait for admission. A call may be overtaken only by calls that came at most so much later:
 * a {@link #BATCH} call that has waited 40 s longer than an {@link #INTERACTIVE} one goes before it, so nothing
 * starves.
 *
 * <pre>{@code
 * provider.complete(request).contextWrite(Priority.BATCH::in)
 * }</pre>
 */
public enum Priority {
    /** A person waits for the answer. */
    INTERACTIVE(40),
    /** A step of an agent, for which a person waits less directly. Overtakes batch calls that came up to 20 s before. */
    AGENT(20),
    /** Work in the background. */
    BATCH(0);

    private static final long SECOND = 1_000_000_000L;

    private final long ahead;

    Priority(long seconds) {
        this.ahead = seconds * SECOND;
    }

    /** The Context with this priority. */
    public Context in(Context context) {
        return context.put(Priority.class, this);
    }

    /** The priority in this Context, or {@code otherwise}. */
    public static Priority of(ContextView context, Priority otherwise) {
        return context.hasKey(Priority.class) ? context.get(Priority.class) : otherwise;
    }

    /** The place in the queue of a call that came at {@code arrival}: the smallest goes first. */
    long rank(long arrival) {
        return arrival - ahead;
    }
}
