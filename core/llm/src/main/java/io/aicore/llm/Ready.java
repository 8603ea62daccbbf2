package io.aicore.llm;

import java.util.function.UnaryOperator;

/**
 * An attempt that can be admitted: it is known whose credential it goes with, and nothing has been sent.
 *
 * @param credential as {@link Credential} writes it
 * @param exchange sends when it is subscribed to
 */
record Ready<P>(String credential, P exchange) {

    /** An attempt with the one credential the provider is configured with. */
    static <P> Ready<P> of(P exchange) {
        return new Ready<>(Credential.CONFIGURED, exchange);
    }

    Ready<P> exchange(UnaryOperator<P> change) {
        return new Ready<>(credential, change.apply(exchange));
    }
}
