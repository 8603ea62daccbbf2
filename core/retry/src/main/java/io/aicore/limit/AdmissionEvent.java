package io.aicore.limit;

import java.time.Duration;

/** A decision of {@link Admission}, about many calls or one. Created only if there is a subscriber. */
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
}
