package io.aicore.llm.auth;

import io.aicore.llm.config.Secret;
import java.time.Instant;

/**
 * A bearer token with a limited lifetime, as OAuth 2.0 issues them.
 *
 * @param expiresAt {@link Instant#MAX} if it does not expire
 */
public record AccessToken(Secret value, Instant expiresAt) {

    /** A token that is valid until this time. */
    public static AccessToken of(String value, Instant expiresAt) {
        return new AccessToken(Secret.of(value), expiresAt);
    }
}
