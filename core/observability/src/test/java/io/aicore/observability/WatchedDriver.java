package io.aicore.observability;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.ConnectionFactoryProvider;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Takes itself for PostgreSQL's, refuses each connection, and tells on what threads they were asked for. */
public final class WatchedDriver implements ConnectionFactoryProvider {

    static final String URL = "r2dbc:watched://localhost/calls";
    static final AtomicInteger WHERE_BLOCKING_IS_ALLOWED = new AtomicInteger();
    static final AtomicInteger ELSEWHERE = new AtomicInteger();

    @Override
    public ConnectionFactory create(ConnectionFactoryOptions options) {
        return new ConnectionFactory() {
            @Override
            public Mono<Connection> create() {
                return Mono.error(() -> {
                    (Schedulers.isInNonBlockingThread() ? ELSEWHERE : WHERE_BLOCKING_IS_ALLOWED).incrementAndGet();
                    return new R2dbcNonTransientResourceException("nobody is there", "08001");
                });
            }

            @Override
            public ConnectionFactoryMetadata getMetadata() {
                return () -> "PostgreSQL";
            }
        };
    }

    @Override
    public boolean supports(ConnectionFactoryOptions options) {
        return getDriver().equals(options.getValue(ConnectionFactoryOptions.DRIVER));
    }

    @Override
    public String getDriver() {
        return "watched";
    }
}
