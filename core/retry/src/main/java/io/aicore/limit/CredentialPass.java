package io.aicore.limit;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Permission for one attempt with a credential, from {@link CredentialLatch#tryAcquire()}. Must be completed on every
 * path; the first outcome counts, later ones are ignored.
 */
public final class CredentialPass implements Ticket {

    private final CredentialLatch latch;
    private final AtomicBoolean ended = new AtomicBoolean();

    CredentialPass(CredentialLatch latch) {
        this.latch = latch;
    }

    /** The provider answered 401. True if this call completed the pass. */
    public boolean rejected() {
        return end(Outcome.FAILURE);
    }

    /** The provider answered anything else. True if this call completed the pass. */
    public boolean accepted() {
        return end(Outcome.SUCCESS);
    }

    /**
     * No response (cancelled, not connected): if this was the admitted trial, the next call may try. True if this call
     * completed the pass.
     */
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
