package io.aicore.llm;

import java.util.function.UnaryOperator;

/**
 * An attempt ready for admission: its credential is known, and nothing has been sent.
 *
 * @param credential the identifier, see {@link Credential}
 * @param exchange sends the request on subscription
 */
record Ready<P>(String credential, P exchange) {

    /** An attempt with the provider's configured credential. */
    static <P> Ready<P> of(P exchange) {
        return new Ready<>(Credential.CONFIGURED, exchange);
    }

    Ready<P> exchange(UnaryOperator<P> change) {
        return new Ready<>(credential, change.apply(exchange));
    }
}
