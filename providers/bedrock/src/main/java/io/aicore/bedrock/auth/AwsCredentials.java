package io.aicore.bedrock.auth;

import io.aicore.llm.config.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * AWS credentials of a user or a role.
 *
 * @param sessionToken of temporary credentials, such as those of a role; null for a user's own
 * @param expiresAt {@link Instant#MAX} if they do not expire
 */
public record AwsCredentials(
        String accessKeyId,
        Secret secretAccessKey,
        @Nullable Secret sessionToken,
        Instant expiresAt) {

    public AwsCredentials {
        if (accessKeyId.isBlank()) {
            throw new IllegalArgumentException("accessKeyId: '' (expected: the id of an access key)");
        }
        accessKeyId = accessKeyId.strip();
    }

    /** A user's credentials, which do not expire. */
    public static AwsCredentials of(String accessKeyId, String secretAccessKey) {
        return new AwsCredentials(accessKeyId, Secret.of(secretAccessKey), null, Instant.MAX);
    }

    /** Temporary credentials, such as those of a role. */
    public static AwsCredentials of(
            String accessKeyId, String secretAccessKey, String sessionToken, Instant expiresAt) {
        return new AwsCredentials(accessKeyId, Secret.of(secretAccessKey), Secret.of(sessionToken), expiresAt);
    }

    @Override
    public String toString() {
        return "AwsCredentials[expiresAt=" + expiresAt + "]";
    }
}
