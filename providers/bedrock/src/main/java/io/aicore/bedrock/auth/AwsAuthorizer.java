package io.aicore.bedrock.auth;

import io.aicore.llm.RequestAuthorizer;
import io.aicore.llm.codec.wire.WireRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Signs each attempt with AWS's Signature Version 4, its time and its body included. Signing takes no I/O: what may take
 * some is the source of the credentials.
 *
 * <p>For roles, whose credentials must be fetched and renewed: {@code
 * LlmConfig.builder().provider("bedrock").authorizer(AwsAuthorizer.of("eu-central-1", source))}. AWS's own SDK gives such a
 * source as {@code Mono.fromFuture(() -> provider.resolveIdentity())}, mapped to {@link AwsCredentials}.
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
     * Signs with credentials from this source, which is subscribed when none are known, when the known ones are within a
     * minute of their end, and when AWS has refused them. Calls at the same time share one fetch. A failed fetch is not
     * remembered. The source must not block.
     *
     * @param region whose endpoint is asked, as {@code eu-central-1}
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

    /** The access key id: the signature is another one each time. */
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
