package io.aicore.llm;

import java.time.Instant;

/**
 * A token that is good for some time, as OAuth 2.0 gives them.
 *
 * @param expiresAt {@link Instant#MAX} if it does not expire
 */
public record AccessToken(Secret value, Instant expiresAt) {

    /** A token that is good until this time. */
    public static AccessToken of(String value, Instant expiresAt) {
        return new AccessToken(Secret.of(value), expiresAt);
    }
}
