package io.aicore.examples.lab.run;

import io.aicore.examples.lab.call.Answer;
import io.aicore.examples.lab.call.Call;
import io.aicore.examples.lab.call.Journal;
import io.aicore.examples.lab.time.Seconds;
import io.aicore.examples.lab.time.VirtualScheduler;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Counts what happens, by second, and keeps how each call went. */
final class Recorder implements Journal {

    private final VirtualScheduler scheduler;
    final int[] offered;
    final int[] attempts;
    final int[] good;
    final int[] failed;
    final int[] waiting;
    final int[] queue;
    private final Map<Answer.Kind, Long> answers = new EnumMap<>(Answer.Kind.class);

    /** By call: when it began and how long it took, in seconds. */
    private double[] began = new double[1_024];

    private double[] took = new double[1_024];
    private boolean[] ok = new boolean[1_024];
    private boolean[] unsent = new boolean[1_024];
    private int ended;
    private long calls;
    private long attemptsBegan;
    private long attemptsCancelled;
    private long inFlight;
    private long mostInFlight;
    private double firstCall = Double.NaN;
    private double lastSuccess = Double.NaN;

    Recorder(VirtualScheduler scheduler, int seconds) {
        this.scheduler = scheduler;
        this.offered = new int[seconds];
        this.attempts = new int[seconds];
        this.good = new int[seconds];
        this.failed = new int[seconds];
        this.waiting = new int[seconds];
        this.queue = new int[seconds];
    }

    private int second() {
        return Math.min(offered.length - 1, (int) Seconds.of(scheduler.now()));
    }

    @Override
    public void callBegan(Call call) {
        calls++;
        offered[second()]++;
        if (Double.isNaN(firstCall)) {
            firstCall = Seconds.of(call.began());
        }
    }

    @Override
    public void callEnded(Call call, boolean succeeded) {
        if (ended == began.length) {
            began = Arrays.copyOf(began, 2 * ended);
            took = Arrays.copyOf(took, 2 * ended);
            ok = Arrays.copyOf(ok, 2 * ended);
            unsent = Arrays.copyOf(unsent, 2 * ended);
        }
        began[ended] = Seconds.of(call.began());
        took[ended] = Seconds.of(scheduler.now() - call.began());
        ok[ended] = succeeded;
        unsent[ended] = call.attempts() == 0;
        ended++;
        if (succeeded) {
            good[second()]++;
            lastSuccess = Seconds.of(scheduler.now());
        } else {
            failed[second()]++;
        }
    }

    @Override
    public void attemptBegan(long now) {
        attemptsBegan++;
        attempts[second()]++;
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
    }

    @Override
    public void attemptEnded(Answer.Kind kind) {
        inFlight--;
        answers.merge(kind, 1L, Long::sum);
    }

    @Override
    public void attemptCancelled() {
        inFlight--;
        attemptsCancelled++;
    }

    /** Notes what cannot be counted by events. */
    void sample(int queued) {
        int now = second();
        waiting[now] = (int) Math.max(0, calls - ended - inFlight);
        queue[now] = queued;
    }

    long calls() {
        return calls;
    }

    int ended() {
        return ended;
    }

    long inFlight() {
        return inFlight;
    }

    long mostInFlight() {
        return mostInFlight;
    }

    long attemptsBegan() {
        return attemptsBegan;
    }

    long attemptsCancelled() {
        return attemptsCancelled;
    }

    long answers(Answer.Kind kind) {
        return answers.getOrDefault(kind, 0L);
    }

    double firstCall() {
        return firstCall;
    }

    double lastSuccess() {
        return lastSuccess;
    }

    /** Sees each call that ended. */
    interface CallVisitor {
        void call(double began, double took, boolean ok, boolean unsent);
    }

    void forEachCall(CallVisitor visitor) {
        for (int i = 0; i < ended; i++) {
            visitor.call(began[i], took[i], ok[i], unsent[i]);
        }
    }

    /**
     * What must hold of every run: each call ended once, each attempt as well, and nothing is left.
     *
     * @throws IllegalStateException that says what does not
     */
    void check() {
        long endedAttempts = attemptsCancelled
                + answers.values().stream().mapToLong(Long::longValue).sum();
        long successes = 0;
        for (int i = 0; i < ended; i++) {
            successes += ok[i] ? 1 : 0;
        }
        must(calls == ended, "calls", calls, ended);
        must(inFlight == 0, "attempts in flight at the end", 0, inFlight);
        must(attemptsBegan == endedAttempts, "attempts", attemptsBegan, endedAttempts);
        must(successes <= answers(Answer.Kind.OK), "successes", answers(Answer.Kind.OK), successes);
    }

    private static void must(boolean holds, String what, long expected, long found) {
        if (!holds) {
            throw new IllegalStateException(
                    "the run does not add up: " + what + ": " + found + " (expected: " + expected + ")");
        }
    }
}
