package io.aicore.limit;

import io.aicore.internal.Seconds;
import java.io.Serial;
import java.time.Duration;

/**
 * An attempt was not admitted because its wait would be too long, or too many wait already. Nothing was sent. Has no
 * stack trace; the message is built on demand and names the setting that was the bound.
 */
public final class AdmissionRejectedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Which bound rejected the attempt. */
    public enum Bound {
        /** {@link AdmissionSettings#maxWait()}. */
        MAX_WAIT("maxWait"),
        /** The deadline of the call, or {@link AdmissionSettings#deadlineShare()} of what is left of it. */
        DEADLINE("deadline"),
        /** {@link AdmissionSettings#maxWaiting()}. */
        MAX_WAITING("maxWaiting"),
        /** {@link ConcurrencySettings#maxPending()}. */
        MAX_PENDING("maxPending"),
        /** {@link ConcurrencySettings#pendingTimeout()}. */
        PENDING_TIMEOUT("pendingTimeout"),
        /** Every lane that an {@link Admission} may keep is in use, and none is of this key. */
        MAX_KEYS("keys");

        private final String setting;

        Bound(String setting) {
            this.setting = setting;
        }

        /** Name of the setting, or of what is bounded where none sets it. */
        public String setting() {
            return setting;
        }
    }

    private final String name;
    private final Bound bound;
    private final String value;
    private final Duration waited;
    private final Duration untilAdmission;

    AdmissionRejectedException(String name, Bound bound, String value, Duration waited, Duration untilAdmission) {
        super(null, null, true, false);
        this.name = name;
        this.bound = bound;
        this.value = value;
        this.waited = waited;
        this.untilAdmission = untilAdmission;
    }

    /** Name of the admission. */
    public String name() {
        return name;
    }

    /** Which bound rejected the attempt. */
    public Bound bound() {
        return bound;
    }

    /** How long the attempt waited; zero if it was rejected at once. */
    public Duration waited() {
        return waited;
    }

    /** When an attempt could be admitted, as far as is known; zero if unknown. */
    public Duration untilAdmission() {
        return untilAdmission;
    }

    @Override
    public String getMessage() {
        return "'" + name + "': " + reason();
    }

    /** The message without the name. */
    public String reason() {
        String after = waited.isZero() ? "" : " after " + Seconds.text(waited);
        String next = untilAdmission.isZero() ? "" : "; admission expected in " + Seconds.text(untilAdmission);
        String why = switch (bound) {
            case MAX_WAIT, DEADLINE -> "the wait at the gate would exceed ";
            case MAX_WAITING -> "too many calls wait at the gate, ";
            case MAX_PENDING -> "all places are in use and too many calls wait for one, ";
            case MAX_KEYS -> "too many credentials and models are in use at once, ";
            case PENDING_TIMEOUT -> "no place became free within ";
        };
        return "not admitted" + after + ": " + why + bound.setting + " (" + value + ")" + next;
    }
}
