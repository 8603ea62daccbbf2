package io.aicore.llm;

import io.aicore.llm.codec.wire.WireRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Adds to a request what proves who asks: a token that must be fetched first, a signature over the whole request. Asked
 * for each sending, before the attempt is admitted and after all else is done to the request, so that neither token nor signature is too old: once per attempt, and once more
 * where the request is sent again because its kept connection was dead. It must not block.
 *
 * <p>An attempt waits for it at most the connect timeout; a failure is a failure of the attempt, retried if it is an
 * {@link io.aicore.llm.error.LlmException} that may be, an {@code IOException} or a {@code TimeoutException}. Values of
 * headers it adds are taken for secrets and appear nowhere.
 */
@FunctionalInterface
public interface RequestAuthorizer {

    /**
     * The request with its proof. Subscribed once per sending; cancelling the call cancels it.
     *
     * @param address the full address the request goes to
     */
    Mono<WireRequest> authorize(WireRequest request, URI address);

    /**
     * The name of the credential this request now carries: no secret, and the same when its token is renewed or its
     * signature made anew. After five refusals (401) in a row, calls with this credential fail fast for 30 s, those with
     * others do not. Default: null, for which the values of the headers added stand, kept as a hash.
     *
     * @param proven the request as {@link #authorize} gave it
     */
    default @Nullable String credential(WireRequest proven) {
        return null;
    }

    /** The provider has refused what was last added: what is cached of it should be forgotten. Default: nothing is. */
    default void rejected() {}

    /**
     * Sends {@code Authorization: Bearer} with a token from this source, which is subscribed when none is known, when the
     * known one is within a minute of its end, and when the provider has refused it. Calls at the same time share one
     * fetch. A failed fetch is not remembered.
     */
    static RequestAuthorizer bearer(Mono<AccessToken> source) {
        return new BearerAuthorizer(source, InstantSource.system());
    }

    /** The request with this header set, in place of any of this name in whatever case; for authorizers. */
    static WireRequest withHeader(WireRequest request, String name, String value) {
        Map<String, String> headers = new HashMap<>(request.headers());
        Outgoing.replace(headers, name, value);
        return new WireRequest(request.method(), request.path(), headers, request.body());
    }
}
