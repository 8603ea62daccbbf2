package io.aicore.examples.lab.policy;

import io.aicore.examples.lab.call.Answer;
import io.aicore.examples.lab.call.Call;
import io.aicore.examples.lab.time.Seconds;
import io.aicore.examples.lab.time.VirtualScheduler;
import org.jspecify.annotations.Nullable;

/** The loop of a rival: attempt, ask for a delay, wait, attempt again. What it asks is the rival's. */
abstract class RetryLoop implements Client {

    /** No retry. */
    static final double GIVE_UP = -1;

    private final VirtualScheduler scheduler;

    RetryLoop(VirtualScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** A call in this loop. */
    static final class Turn {
        final Call call;
        /** Retries asked for so far. */
        int retries;
        /** What the rival remembers of this call. */
        @Nullable
        Object memory;
        /** What the rival remembers of the attempt in flight. */
        @Nullable
        Object permit;
        /** The delay before the last attempt, in seconds. */
        double previous;

        Turn(Call call) {
            this.call = call;
        }
    }

    @Override
    public void call(Call call) {
        attempt(new Turn(call));
    }

    private void attempt(Turn turn) {
        if (!admits(turn)) {
            afterRefusal(turn);
            return;
        }
        long sent = scheduler.now();
        turn.call.send(answer -> {
            ended(turn, answer, scheduler.now() - sent);
            if (answer.isOk()) {
                succeeded(turn);
                turn.call.succeed();
            } else {
                afterFailure(turn, answer);
            }
        });
    }

    private void afterFailure(Turn turn, Answer answer) {
        if (answer.isFinal() || turn.call.left() <= 0) {
            turn.call.fail();
            return;
        }
        turn.retries++;
        again(turn, delay(turn, answer));
    }

    private void afterRefusal(Turn turn) {
        turn.retries++;
        again(turn, delayAfterRefusal(turn));
    }

    private void again(Turn turn, double seconds) {
        long delay = Seconds.nanos(seconds);
        if (seconds < 0 || delay >= turn.call.left()) {
            turn.call.fail();
            return;
        }
        turn.previous = seconds;
        scheduler.after(delay, () -> attempt(turn));
    }

    double now() {
        return Seconds.of(scheduler.now());
    }

    /** Whether this attempt may be sent; otherwise it fails without being sent. */
    boolean admits(Turn turn) {
        return true;
    }

    /** An attempt ended. */
    void ended(Turn turn, Answer answer, long nanos) {}

    /** A call succeeded. */
    void succeeded(Turn turn) {}

    /** Seconds before the retry of this number; negative to give up. */
    abstract double delay(Turn turn, Answer answer);

    /** As {@link #delay}, for an attempt that was not admitted: by default the call fails. */
    double delayAfterRefusal(Turn turn) {
        return GIVE_UP;
    }
}
