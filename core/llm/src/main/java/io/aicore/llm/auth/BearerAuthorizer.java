package io.aicore.llm.auth;

import io.aicore.llm.codec.wire.WireRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/** Caches one token until it expires. */
final class BearerAuthorizer implements RequestAuthorizer {

    // A token must outlive the way to the provider and a clock that is a little off.
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final AtomicLong SOURCES = new AtomicLong();

    private final String owner = "source " + SOURCES.incrementAndGet();
    private final Mono<AccessToken> token;
    private volatile boolean rejected;

    BearerAuthorizer(Mono<AccessToken> source, InstantSource clock) {
        this.token = source.doOnNext(fresh -> rejected = false)
                .cacheInvalidateIf(known -> rejected || spent(known, clock.instant()));
    }

    @Override
    public Mono<WireRequest> authorize(WireRequest request, URI address) {
        return token.map(known ->
                request.header("authorization", "Bearer " + known.value().reveal()));
    }

    /** A renewed token belongs to the same credential. */
    @Override
    public String credential(WireRequest proven) {
        return owner;
    }

    @Override
    public void rejected() {
        rejected = true;
    }

    private static boolean spent(AccessToken token, Instant now) {
        return !now.plus(MARGIN).isBefore(token.expiresAt());
    }
}
