package io.aicore.retry;

import java.util.concurrent.atomic.AtomicBoolean;

/** Ends a call under a plain {@code retryWhen}, which does not tell its companion what the caller has. */
final class Once implements Terminal {

    private final AtomicBoolean ended = new AtomicBoolean();

    @Override
    public boolean end() {
        return ended.compareAndSet(false, true);
    }

    @Override
    public boolean committed() {
        return false;
    }
}
