package io.aicore.llm;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An attempt ready for admission: nothing has been sent.
 *
 * @param credential the identifier of its credential, see {@link Credential}; null for the configured one
 * @param exchange sends the request on subscription
 * @param returned takes the secrets out of a failure of the exchange
 */
record Ready<P>(@Nullable Mono<String> credential, P exchange, UnaryOperator<Throwable> returned) {

    Ready(@Nullable Mono<String> credential, P exchange) {
        this(credential, exchange, UnaryOperator.identity());
    }

    /** An attempt with the provider's configured credential. */
    static <P> Ready<P> of(P exchange) {
        return new Ready<>(null, exchange);
    }
}
