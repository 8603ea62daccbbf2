package io.aicore.retry;

import io.aicore.limit.RetryBudget;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one call takes from the budget, and gives back if a retry was never sent. */
final class BudgetShare {

    private static final BudgetShare UNLIMITED = new BudgetShare(null, failure -> true);

    private final @Nullable RetryBudget budget;
    private final Predicate<? super Failure> uncharged;
    private final AtomicBoolean held = new AtomicBoolean();

    private BudgetShare(@Nullable RetryBudget budget, Predicate<? super Failure> uncharged) {
        this.budget = budget;
        this.uncharged = uncharged;
    }

    static BudgetShare of(Plan plan) {
        return plan.budget == null ? UNLIMITED : new BudgetShare(plan.budget, plan.uncharged);
    }

    /** False if the budget has nothing left for a retry after this failure. */
    boolean allowsRetryAfter(Failure failure) {
        RetryBudget shared = budget;
        if (shared == null || uncharged.test(failure)) {
            return true;
        }
        boolean taken = shared.tryRetry();
        held.set(taken);
        return taken;
    }

    /** The retry was sent. */
    void spent() {
        if (budget != null) {
            held.set(false);
        }
    }

    /** The retry is not sent after all. */
    void unused() {
        RetryBudget shared = budget;
        if (shared != null && held.compareAndSet(true, false)) {
            shared.giveBack();
        }
    }
}
