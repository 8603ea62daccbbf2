package io.aicore.bedrock.auth;

import io.aicore.llm.auth.RequestAuthorizer;
import io.aicore.llm.codec.wire.WireRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Signs each attempt with AWS Signature Version 4, including its time and body. Signing does no I/O; the source of the
 * credentials may.
 *
 * <p>For roles, whose credentials must be fetched and renewed: {@code
 * LlmConfig.builder().provider("bedrock").authorizer(AwsAuthorizer.of("eu-central-1", source))}. With AWS's SDK, the
 * source is {@code Mono.fromFuture(() -> provider.resolveIdentity())}, mapped to {@link AwsCredentials}.
 */
public final class AwsAuthorizer implements RequestAuthorizer {

    // Credentials must outlive the way to AWS and a clock that is a little off.
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Mono<AwsCredentials> credentials;
    private final Signature signature;
    private volatile boolean rejected;

    AwsAuthorizer(String region, Mono<AwsCredentials> source, Clock clock) {
        this.signature = new Signature(region, clock);
        this.credentials = source.doOnNext(fresh -> rejected = false)
                .cacheInvalidateIf(known -> rejected || spent(known, clock.instant()));
    }

    /**
     * Signs with credentials from this source. Subscribes to it if there are none yet, within a minute of their expiry,
     * and after AWS rejected them. Concurrent calls share one fetch; a failed fetch is not cached. The source must not
     * block.
     *
     * @param region region of the endpoint, such as {@code eu-central-1}
     */
    public static AwsAuthorizer of(String region, Mono<AwsCredentials> source) {
        return new AwsAuthorizer(region, source, Clock.systemUTC());
    }

    /** Signs with these credentials. */
    public static AwsAuthorizer of(String region, AwsCredentials credentials) {
        return of(region, Mono.just(credentials));
    }

    @Override
    public Mono<WireRequest> authorize(WireRequest request, URI address) {
        return credentials.map(known -> signature.of(request, address, known));
    }

    /** The access key id, because the signature differs each time. */
    @Override
    public @Nullable String credential(WireRequest proven) {
        return Signature.accessKeyId(proven);
    }

    @Override
    public void rejected() {
        rejected = true;
    }

    private static boolean spent(AwsCredentials credentials, Instant now) {
        return !now.plus(MARGIN).isBefore(credentials.expiresAt());
    }

    @Override
    public String toString() {
        return "AwsAuthorizer[" + signature.region() + "]";
    }
}
