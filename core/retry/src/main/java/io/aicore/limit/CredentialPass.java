package io.aicore.limit;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Leave for one attempt with a credential, from {@link CredentialLatch#tryAcquire()}. End it on every path; the first
 * outcome counts, any later one does nothing.
 */
public final class CredentialPass implements Ticket {

    private final CredentialLatch latch;
    private final AtomicBoolean ended = new AtomicBoolean();

    CredentialPass(CredentialLatch latch) {
        this.latch = latch;
    }

    /** The provider answered 401. True if this decided the outcome. */
    public boolean rejected() {
        return end(Outcome.FAILURE);
    }

    /** The provider answered anything else. True if this decided the outcome. */
    public boolean accepted() {
        return end(Outcome.SUCCESS);
    }

    /** No answer (cancelled, not connected): if this was the one call let through, the next may be. */
    public boolean ignore() {
        return end(Outcome.IGNORED);
    }

    @Override
    public boolean end(Outcome outcome) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        switch (outcome) {
            case SUCCESS, ALIVE -> latch.accepted();
            case FAILURE -> latch.rejected(this);
            case IGNORED -> latch.ignored(this);
        }
        return true;
    }

    @Override
    public void firstByte() {}

    @Override
    public void broken() {}
}
