package io.aicore.limit;

import io.aicore.internal.Check;
import java.time.Duration;
import java.util.Objects;

/**
 * How long calls wait for admission, and how many. Immutable; the four presets differ in what they do to waiting and to
 * load.
 *
 * <table>
 * <caption>Presets</caption>
 * <tr><th>preset</th><th>longest wait at the gate</th><th>at an open circuit</th><th>share of the deadline</th></tr>
 * <tr><td>{@link #standard()}</td><td>60 s</td><td>5 s</td><td>0.25</td></tr>
 * <tr><td>{@link #interactive()}</td><td>2 s</td><td>2 s</td><td>0.25</td></tr>
 * <tr><td>{@link #agent()}</td><td>60 s</td><td>5 s</td><td>0.5</td></tr>
 * <tr><td>{@link #batch()}</td><td>the deadline</td><td>10 s</td><td>0.9</td></tr>
 * </table>
 *
 * <p>A shorter wait fails more calls while the provider is limited and sends no more: none of them adds load, since a
 * waiting call has sent nothing.
 *
 * @param enabled false: every attempt passes at once; gate, pace and queue are off (the circuit has its own switch)
 * @param maxWait longest wait for the gate and its pace, all attempts of a call together. One that would wait longer fails
 *     at once with the time to wait. Never past the call's deadline
 * @param circuitWait longest wait of a first attempt for an open circuit; zero fails at once. A retry waits as long as
 *     {@link CircuitSettings#maxWait()} allows, all waits of its call together
 * @param maxWaiting most attempts that wait at one gate; the next one is rejected at once
 * @param deadlineShare largest share of the time left to the deadline that a call may expect to queue for, {@code > 0} and
 *     {@code <= 1}: a longer queue would let in calls that then miss their deadline
 * @param priority priority of calls whose Context has none
 */
public record AdmissionSettings(
        boolean enabled,
        Duration maxWait,
        Duration circuitWait,
        int maxWaiting,
        double deadlineShare,
        Priority priority) {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_WAITING = 1_000;

    private static final AdmissionSettings STANDARD = new AdmissionSettings(
            true, Duration.ofSeconds(60), Duration.ofSeconds(5), MOST_WAITING, 0.25, Priority.INTERACTIVE);
    private static final AdmissionSettings INTERACTIVE = new AdmissionSettings(
            true, Duration.ofSeconds(2), Duration.ofSeconds(2), MOST_WAITING, 0.25, Priority.INTERACTIVE);
    private static final AdmissionSettings AGENT = new AdmissionSettings(
            true, Duration.ofSeconds(60), Duration.ofSeconds(5), MOST_WAITING, 0.5, Priority.AGENT);
    private static final AdmissionSettings BATCH =
            new AdmissionSettings(true, LONGEST, Duration.ofSeconds(10), MOST_WAITING, 0.9, Priority.BATCH);

    public AdmissionSettings {
        maxWait = between("maxWait", maxWait);
        circuitWait = between("circuitWait", circuitWait);
        Check.atLeast(0, maxWaiting, "maxWaiting");
        Check.that(deadlineShare > 0 && deadlineShare <= 1, "deadlineShare", deadlineShare, "> 0 and <= 1");
        Objects.requireNonNull(priority, "priority");
    }

    /** Waits as a retry does: at most 60 s at the gate, 5 s at an open circuit. */
    public static AdmissionSettings standard() {
        return STANDARD;
    }

    /** Waits at most 2 s; what would take longer fails at once with the time to wait. */
    public static AdmissionSettings interactive() {
        return INTERACTIVE;
    }

    /** Waits up to 60 s and half of its deadline; lets interactive calls go first. */
    public static AdmissionSettings agent() {
        return AGENT;
    }

    /**
     * Waits up to its deadline; lets all others go first. With a key that was not used for a minute it begins with 16
     * attempts, and twice as many with each half second without a 429: a burst over the limit is found out before it is
     * sent. Calls with less than a minute to their deadline do not wait for that, nor does a burst that would fill half of
     * {@link #maxWaiting()}.
     */
    public static AdmissionSettings batch() {
        return BATCH;
    }

    /** Lets every attempt pass at once. */
    public static AdmissionSettings disabled() {
        return STANDARD.enabled(false);
    }

    public AdmissionSettings enabled(boolean enabled) {
        return new AdmissionSettings(enabled, maxWait, circuitWait, maxWaiting, deadlineShare, priority);
    }

    public AdmissionSettings maxWait(Duration maxWait) {
        return new AdmissionSettings(enabled, maxWait, circuitWait, maxWaiting, deadlineShare, priority);
    }

    public AdmissionSettings circuitWait(Duration circuitWait) {
        return new AdmissionSettings(enabled, maxWait, circuitWait, maxWaiting, deadlineShare, priority);
    }

    public AdmissionSettings maxWaiting(int maxWaiting) {
        return new AdmissionSettings(enabled, maxWait, circuitWait, maxWaiting, deadlineShare, priority);
    }

    public AdmissionSettings deadlineShare(double deadlineShare) {
        return new AdmissionSettings(enabled, maxWait, circuitWait, maxWaiting, deadlineShare, priority);
    }

    public AdmissionSettings priority(Priority priority) {
        return new AdmissionSettings(enabled, maxWait, circuitWait, maxWaiting, deadlineShare, priority);
    }

    private static Duration between(String name, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw Check.wrong(name, value, "PT0S to " + LONGEST);
        }
        return value;
    }
}
