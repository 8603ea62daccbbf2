package io.aicore.observability;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Connects on threads that may block, whoever asks: H2 opens its file, and the first socket of a process reads the machine's
 * settings from one. The pool's own setting for this has no effect.
 *
 * @param before what each connection needs first; may block
 */
record Connecting(ConnectionFactory factory, Scheduler threads, Runnable before) implements ConnectionFactory {

    @Override
    public Mono<Connection> create() {
        return Mono.<Connection>defer(() -> {
                    before.run();
                    return Mono.from(factory.create());
                })
                .subscribeOn(threads);
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return factory.getMetadata();
    }
}
