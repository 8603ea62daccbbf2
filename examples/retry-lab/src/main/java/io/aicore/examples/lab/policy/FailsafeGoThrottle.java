package io.aicore.examples.lab.policy;

import io.aicore.examples.lab.call.Answer;

/**
 * failsafe-go's adaptive throttler with its defaults, as in {@code adaptivethrottler.go}: over a minute, executions beyond
 * {@code successes / 0.9} are excess, and {@code excess / (executions + 1)}, at most 0.9, are refused. Only what ended counts.
 * Full jitter between its attempts.
 */
final class FailsafeGoThrottle extends Backoffs {

    private static final double SUCCESS_RATE = 0.9;
    private static final double MOST = 0.9;
    private static final int SECONDS = 60;

    private final SecondsWindow window = new SecondsWindow(SECONDS);

    FailsafeGoThrottle(ProcessContext process) {
        super(process, Jitter.FULL, false);
    }

    @Override
    boolean admits(Turn turn) {
        window.at(now());
        double excess = Math.max(0, window.all() - window.good() / SUCCESS_RATE);
        double refused = Math.min(MOST, excess / (window.all() + 1));
        return refused == 0 || refused < random.nextDouble();
    }

    @Override
    void ended(Turn turn, Answer answer, long nanos) {
        window.at(now());
        window.add();
        if (answer.isOk()) {
            window.addGood();
        }
    }
}
