package io.aicore.examples.lab.policy;

import io.aicore.examples.lab.call.Answer;

/**
 * gRPC's retry throttling, as in gRFC A6: a bucket of 10 tokens; a failure takes one, a success pays 0.1, and retries are made
 * while more than half is left. A pushback replaces the backoff.
 */
final class GrpcThrottle extends Backoffs {

    private static final double MOST = 10;
    private static final double RATIO = 0.1;

    private double tokens = MOST;

    GrpcThrottle(ProcessContext process) {
        super(process, Jitter.FULL, false);
    }

    @Override
    double delay(Turn turn, Answer answer) {
        tokens = Math.max(0, tokens - 1);
        if (turn.retries > RETRIES || tokens <= MOST / 2) {
            return GIVE_UP;
        }
        Double pushback = answer.retryAfter();
        return pushback == null ? backoff(turn) : pushback;
    }

    @Override
    void succeeded(Turn turn) {
        tokens = Math.min(MOST, tokens + RATIO);
    }
}
