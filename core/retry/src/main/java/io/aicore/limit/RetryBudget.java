package io.aicore.limit;

import io.aicore.internal.Check;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Limits the share of retries in the load on a provider: all calls to it share one. A retry takes one token; a call that
 * succeeds at its first attempt pays a fraction back. In an outage retries end after a few, and the load stays near the
 * calls made instead of a multiple of it.
 *
 * <p>Defaults: capacity 10, starts with 5, a first success pays 0.15, so at most about 15 % of calls may be retried in the
 * long run. A small starting balance matters: many small processes each own a full bucket. The form is that of the AWS
 * SDKs' retry quota and of Finagle's {@code RetryBudget}; the numbers are this library's. Thread-safe, lock-free, without
 * a clock.
 */
public final class RetryBudget {

    private static final long TOKEN = 1_000_000;

    private static final double CAPACITY = 10;
    private static final double START = 5;
    private static final double DEPOSIT = 0.15;
    private static final double MOST = 1_000_000_000;

    private final boolean unlimited;
    private final long capacity;
    private final long deposit;
    private final AtomicLong balance;
    private final LongAdder refused = new LongAdder();

    private RetryBudget(boolean unlimited, double capacity, double start, double deposit) {
        this.unlimited = unlimited;
        this.capacity = micros("capacity", capacity, MOST);
        this.balance = new AtomicLong(micros("start", start, capacity));
        this.deposit = micros("deposit", deposit, capacity);
    }

    /** Capacity 10, starts with 5, a first success pays 0.15. */
    public static RetryBudget create() {
        return create(CAPACITY, START, DEPOSIT);
    }

    /**
     * Creates a budget.
     *
     * @param capacity most tokens it holds, {@code > 0}
     * @param start tokens at the beginning, {@code >= 0} and {@code <= capacity}
     * @param deposit what a first success pays, {@code >= 0} and {@code <= capacity}
     */
    public static RetryBudget create(double capacity, double start, double deposit) {
        return new RetryBudget(false, capacity, start, deposit);
    }

    /** A budget that refuses nothing. */
    public static RetryBudget unlimited() {
        return new RetryBudget(true, CAPACITY, CAPACITY, DEPOSIT);
    }

    /** Takes a token for a retry; false if there is none, and the call should fail with the failure it has. */
    public boolean tryRetry() {
        if (unlimited) {
            return true;
        }
        while (true) {
            long have = balance.get();
            if (have < TOKEN) {
                refused.increment();
                return false;
            }
            if (balance.compareAndSet(have, have - TOKEN)) {
                return true;
            }
        }
    }

    /** Gives back the token of a retry that was never sent. */
    public void giveBack() {
        add(TOKEN);
    }

    /** Pays for a call that succeeded at its first attempt. */
    public void firstSuccess() {
        add(deposit);
    }

    private void add(long amount) {
        // Reading first keeps a full bucket, the usual case, free of contention.
        if (!unlimited && balance.get() < capacity) {
            balance.updateAndGet(have -> Math.min(capacity, have + amount));
        }
    }

    /** Retries that could be made now. */
    public double balance() {
        return unlimited ? Double.POSITIVE_INFINITY : (double) balance.get() / TOKEN;
    }

    /** Number of retries refused so far. */
    public long refused() {
        return refused.sum();
    }

    private static long micros(String name, double value, double most) {
        if (!(value >= 0 && value <= most)) {
            throw Check.wrong(name, value, ">= 0 and <= " + most);
        }
        return Math.round(value * TOKEN);
    }

    @Override
    public String toString() {
        return "RetryBudget[" + balance() + "]";
    }
}
