package io.aicore.examples.lab.policy;

import io.aicore.examples.lab.call.Answer;

/**
 * Client-side throttling as in "Site Reliability Engineering", chapter 21: an attempt is refused locally with probability
 * {@code max(0, (requests - K * accepts) / (requests + 1))} over a window. Full jitter between its attempts.
 */
final class SreThrottle extends Backoffs {

    private final double k;
    private final SecondsWindow window;

    SreThrottle(ProcessContext process, double k, int seconds) {
        super(process, Jitter.FULL, false);
        this.k = k;
        this.window = new SecondsWindow(seconds);
    }

    @Override
    boolean admits(Turn turn) {
        window.at(now());
        double refused = (window.all() - k * window.good()) / (window.all() + 1);
        window.add();
        return random.nextDouble() >= refused;
    }

    @Override
    void ended(Turn turn, Answer answer, long nanos) {
        if (answer.isOk()) {
            window.at(now());
            window.addGood();
        }
    }
}
