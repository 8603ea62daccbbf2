package io.aicore.google;

import io.aicore.llm.auth.AccessToken;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.http.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * Sources of Google Cloud's access tokens, as in {@code
 * LlmConfig.builder().authorizer(RequestAuthorizer.bearer(GoogleTokens.metadataServer()))}.
 *
 * <p>Each subscription fetches one token and caches none: {@code bearer} does that, and fetches again before it
 * expires, after about an hour. Fetching blocks no thread that must not block, and opens its own connection; cancelling
 * closes it. A failed fetch is an {@code LlmException} of provider {@code google}, and the call retries it if it is
 * retryable.
 */
public final class GoogleTokens {

    private static final URI METADATA_SERVER = URI.create("http://metadata.google.internal");
    private static final String DEFAULT_ACCOUNT = "/computeMetadata/v1/instance/service-accounts/default/token";

    private GoogleTokens() {}

    /** This token until Google rejects it: it is not renewed. */
    public static Mono<AccessToken> of(String token) {
        return Mono.just(AccessToken.of(token, Instant.MAX));
    }

    /** Tokens of the machine's service account on Google Cloud (Compute Engine, Cloud Run, GKE). */
    public static Mono<AccessToken> metadataServer() {
        return metadataServer(METADATA_SERVER);
    }

    /** Tokens from a metadata server at this address. */
    public static Mono<AccessToken> metadataServer(URI address) {
        WireRequest request = new WireRequest("GET", DEFAULT_ACCOUNT, Map.of("metadata-flavor", "Google"), new byte[0]);
        // A metadata server is on this machine or next to it: no proxy leads to it.
        return new TokenEndpoint(address, HttpSettings.defaults(), InstantSource.system()).fetch(() -> request);
    }

    /**
     * Tokens of the service account with this key file. The file is read immediately.
     *
     * @throws IllegalArgumentException if it cannot be read, or is not a service account's key
     */
    public static Mono<AccessToken> serviceAccount(Path keyFile) {
        try {
            return serviceAccount(Files.readString(keyFile), HttpSettings.defaults());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "serviceAccount: " + keyFile + " (expected: a file that can be read)", e);
        }
    }

    /**
     * Tokens of the service account with this key.
     *
     * @param json the content of a key file
     * @param http settings for Google's token endpoint, such as a proxy
     * @throws IllegalArgumentException if it is not a service account's key
     */
    public static Mono<AccessToken> serviceAccount(String json, HttpSettings http) {
        ServiceAccount account = ServiceAccount.read(json);
        InstantSource clock = InstantSource.system();
        return new TokenEndpoint(account.origin(), http, clock).fetch(() -> account.request(clock.instant()));
    }
}
