package io.aicore.google;

import io.aicore.llm.AccessToken;
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
 * <p>Each subscription fetches one token and keeps none: {@code bearer} does that, and fetches again when it nears its end,
 * after about an hour. Fetching blocks no thread that must not be blocked and opens a connection of its own; cancelling
 * closes it. A fetch that fails is an {@code LlmException} of provider {@code google}, retried by the call if it may pass.
 */
public final class GoogleTokens {

    private static final URI METADATA_SERVER = URI.create("http://metadata.google.internal");
    private static final String DEFAULT_ACCOUNT = "/computeMetadata/v1/instance/service-accounts/default/token";

    private GoogleTokens() {}

    /** This token, for as long as Google takes it: it is not renewed. */
    public static Mono<AccessToken> of(String token) {
        return Mono.just(AccessToken.of(token, Instant.MAX));
    }

    /** Tokens of the machine's own service account, where it runs on Google Cloud (Compute Engine, Cloud Run, GKE). */
    public static Mono<AccessToken> metadataServer() {
        return metadataServer(METADATA_SERVER);
    }

    /** The same from a metadata server at this address. */
    public static Mono<AccessToken> metadataServer(URI address) {
        WireRequest request = new WireRequest("GET", DEFAULT_ACCOUNT, Map.of("metadata-flavor", "Google"), new byte[0]);
        // A metadata server is on this machine or next to it: no proxy leads to it.
        return new TokenEndpoint(address, HttpSettings.defaults(), InstantSource.system()).fetch(() -> request);
    }

    /**
     * Tokens of the service account whose key file this is. The file is read now.
     *
     * @throws IllegalArgumentException if it cannot be read, or is no service account's key
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
     * The same for a key that is not in a file.
     *
     * @param json the content of a key file
     * @param http the way to Google's token endpoint, its proxy above all
     * @throws IllegalArgumentException if it is no service account's key
     */
    public static Mono<AccessToken> serviceAccount(String json, HttpSettings http) {
        ServiceAccount account = ServiceAccount.read(json);
        InstantSource clock = InstantSource.system();
        return new TokenEndpoint(account.origin(), http, clock).fetch(() -> account.request(clock.instant()));
    }
}
