package io.aicore.llm.auth;

import io.aicore.llm.codec.wire.WireRequest;
import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Adds credentials to a request: a token that must be fetched first, or a signature over the whole request. Called for
 * each sending, before the attempt is admitted and after the request is otherwise complete, so that neither token nor
 * signature is outdated: once per attempt, and again if the request has waited for admission for more than 30 s, or is resent
 * because its pooled connection was dead. Must not block.
 *
 * <p>An attempt waits at most the connect timeout for it. A failure fails the attempt; it is retried if it is a
 * retryable {@link io.aicore.llm.error.LlmException}, an {@code IOException} or a {@code TimeoutException}. Values of
 * added headers are treated as secrets and never appear in messages.
 */
@FunctionalInterface
public interface RequestAuthorizer {

    /**
     * Returns the request with credentials, such as {@code request.header(name, value)}. Subscribed once per sending; cancelling the call cancels it.
     *
     * @param address the full address of the request
     */
    Mono<WireRequest> authorize(WireRequest request, URI address);

    /**
     * The name of the credential in this request: not a secret, and unchanged when its token is renewed or its
     * signature recomputed. After five rejections (401) in a row, calls with this credential fail fast for 30 s, calls
     * with others do not. Default: null, which uses a hash of the added header values.
     *
     * @param proven the request as {@link #authorize} returned it
     */
    default @Nullable String credential(WireRequest proven) {
        return null;
    }

    /** The provider rejected the credentials added last: discard cached ones. Default: does nothing. */
    default void rejected() {}

    /**
     * Sends {@code Authorization: Bearer} with a token from this source. Subscribes to it if there is no token yet,
     * within a minute of the token's expiry, and after the provider rejected the token. Concurrent calls share one
     * fetch; a failed fetch is not cached.
     */
    static RequestAuthorizer bearer(Mono<AccessToken> source) {
        return new BearerAuthorizer(source, InstantSource.system());
    }
}
