package io.aicore.limit;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of one attempt as admission needs it.
 *
 * @param health what it says about the health of the provider, for the circuit
 * @param limited whether the provider refused it because of a rate limit (429): never the circuit's business
 * @param retryAfter how long the provider asked to wait; null without a request. Of a limited attempt it closes the gate,
 *     of a failed one (503) it holds calls back as long as they would wait for the circuit
 * @param credential what it says about the credential, for an {@link AdmissionStage}
 */
public record AttemptOutcome(
        Outcome health, boolean limited, @Nullable Duration retryAfter, Outcome credential) {

    /** The value or the first content arrived. */
    public static final AttemptOutcome SUCCESS = of(Outcome.SUCCESS);

    /** The provider answered without a value. */
    public static final AttemptOutcome ALIVE = of(Outcome.ALIVE);

    /** The caller cancelled, or nothing was sent. */
    public static final AttemptOutcome IGNORED = of(Outcome.IGNORED);

    public AttemptOutcome {
        Objects.requireNonNull(health, "health");
        Objects.requireNonNull(credential, "credential");
        retryAfter = retryAfter == null || retryAfter.isZero() || retryAfter.isNegative() ? null : retryAfter;
    }

    /** An outcome without more to say; the credential was accepted if the provider answered. */
    public static AttemptOutcome of(Outcome health) {
        Outcome credential = health == Outcome.FAILURE ? Outcome.IGNORED : health;
        return new AttemptOutcome(health, false, null, credential);
    }

    /** The provider refused the attempt because of its rate limit. */
    public static AttemptOutcome limited(@Nullable Duration retryAfter) {
        return new AttemptOutcome(Outcome.ALIVE, true, retryAfter, Outcome.ALIVE);
    }

    /** The provider is overloaded or down. */
    public static AttemptOutcome unavailable(@Nullable Duration retryAfter) {
        return new AttemptOutcome(Outcome.FAILURE, false, retryAfter, Outcome.IGNORED);
    }

    /** Returns a copy with this effect on the credential. */
    public AttemptOutcome credential(Outcome credential) {
        return new AttemptOutcome(health, limited, retryAfter, credential);
    }
}
