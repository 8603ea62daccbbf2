package io.aicore.limit;

import java.time.Duration;
import java.util.Locale;

/**
 * A decision of {@link Admission}. Created only for those who receive it: {@link Limited} and {@link Rejected} for subscribers of
 * {@link Admission#events()}, {@link WaitBegan} and {@link WaitEnded} for the {@link AdmissionListener} of the call that
 * waits.
 */
public sealed interface AdmissionEvent {

    /** Name of the admission. */
    String admission();

    /** Key of the gate. */
    String key();

    /**
     * The provider refused an attempt for its rate limit, here or in another process.
     *
     * @param closed how long the gate is closed; zero if the provider did not ask to wait
     * @param perSecond the pace after it; zero for none
     */
    record Limited(String admission, String key, Duration closed, double perSecond) implements AdmissionEvent {}

    /**
     * An attempt was not admitted.
     *
     * @param bound the setting that was the bound
     * @param untilAdmission when it could have been admitted; zero if unknown
     */
    record Rejected(String admission, String key, AdmissionRejectedException.Bound bound, Duration untilAdmission)
            implements AdmissionEvent {}

    /**
     * An attempt begins to wait.
     *
     * @param reason what keeps it; another reason may follow
     * @param expected how long at least, as far as is known; zero if unknown
     */
    record WaitBegan(String admission, String key, WaitReason reason, Duration expected) implements AdmissionEvent {}

    /**
     * A wait is over.
     *
     * @param admitted whether the attempt goes; otherwise it fails, and the failure says why
     */
    record WaitEnded(String admission, String key, Duration waited, boolean admitted) implements AdmissionEvent {}

    /** What keeps an attempt from going. */
    enum WaitReason {
        /** The provider asked to wait. */
        GATE("the gate of the rate limit is closed"),
        /** Attempts go one after another at the pace that the provider bears. */
        PACE("the attempts of the rate limit are paced"),
        /** {@link ConcurrencySettings#limit()} attempts are in flight. */
        LIMIT("all places are in use"),
        /** The circuit is open, or its probe is in flight. */
        CIRCUIT("the circuit is open");

        private final String why;

        WaitReason(String why) {
            this.why = why;
        }

        /** The reason in words. */
        public String why() {
            return why;
        }

        /** The reason as a tag: {@code gate}, {@code pace}, {@code limit} or {@code circuit}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
