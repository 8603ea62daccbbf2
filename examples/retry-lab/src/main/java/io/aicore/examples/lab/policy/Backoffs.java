package io.aicore.examples.lab.policy;

import io.aicore.examples.lab.call.Answer;
import java.util.SplittableRandom;

/** Exponential backoff with the kinds of jitter that AWS describes: 0.5 s doubling to 8 s, three retries. */
class Backoffs extends RetryLoop {

    static final int RETRIES = 3;
    static final double BASE = 0.5;
    static final double CAP = 8;

    /** Kinds of jitter. */
    enum Jitter {
        NONE,
        FULL,
        DECORRELATED
    }

    private final Jitter jitter;
    private final boolean obeysRetryAfter;
    final SplittableRandom random;

    Backoffs(ProcessContext process, Jitter jitter, boolean obeysRetryAfter) {
        super(process.scheduler());
        this.jitter = jitter;
        this.obeysRetryAfter = obeysRetryAfter;
        this.random = process.random();
    }

    @Override
    double delay(Turn turn, Answer answer) {
        if (turn.retries > RETRIES) {
            return GIVE_UP;
        }
        double own = backoff(turn);
        Double retryAfter = obeysRetryAfter ? answer.retryAfter() : null;
        return retryAfter == null ? own : withRetryAfter(retryAfter, own);
    }

    double backoff(Turn turn) {
        return switch (jitter) {
            case NONE -> Math.min(CAP, BASE * Math.pow(2, turn.retries - 1));
            case FULL -> uniform(0, Math.min(CAP, BASE * Math.pow(2, turn.retries)));
            case DECORRELATED ->
                Math.min(CAP, uniform(BASE, Math.max(BASE, turn.previous == 0 ? BASE * 3 : turn.previous * 3)));
        };
    }

    /** Without jitter the {@code Retry-After} as it is, or one's own delay if that is longer; with jitter on top of it. */
    private double withRetryAfter(double retryAfter, double own) {
        return jitter == Jitter.NONE ? Math.max(retryAfter, own) : retryAfter + own;
    }

    final double uniform(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }
}
