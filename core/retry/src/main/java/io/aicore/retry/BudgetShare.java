package io.aicore.retry;

import io.aicore.limit.RetryBudget;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What one call takes from the budget, and gives back if a retry was never sent. */
final class BudgetShare {

    private final @Nullable RetryBudget budget;
    private final Plan plan;
    private final AtomicBoolean held = new AtomicBoolean();

    BudgetShare(Plan plan) {
        this.plan = plan;
        this.budget = plan.budget;
    }

    /** False if the budget has nothing left for a retry after this failure. */
    boolean allowsRetryAfter(Failure failure) {
        RetryBudget shared = budget;
        if (shared == null || plan.uncharged.test(failure)) {
            return true;
        }
        boolean taken = shared.tryRetry();
        held.set(taken);
        return taken;
    }

    /** The retry was sent. */
    void spent() {
        held.set(false);
    }

    /** The retry is not sent after all. */
    void unused() {
        RetryBudget shared = budget;
        if (shared != null && held.compareAndSet(true, false)) {
            shared.giveBack();
        }
    }
}
