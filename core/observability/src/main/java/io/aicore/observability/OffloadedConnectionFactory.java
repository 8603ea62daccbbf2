package io.aicore.observability;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Connects on threads that may block, whatever thread subscribes: H2 opens its file, and the first socket of a process
 * reads system settings from a file. The pool's own option for this has no effect.
 *
 * @param before runs before each connection; may block
 */
record OffloadedConnectionFactory(ConnectionFactory factory, Scheduler threads, Runnable before)
        implements ConnectionFactory {

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
