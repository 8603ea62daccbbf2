package io.aicore.llm.http;

import io.netty.channel.Channel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * Ends the connection of an exchange on its event loop, where exchanges begin and end: from elsewhere, one that ends in
 * the meantime would have handed its connection to the next. The connection of an ended exchange is one that has no event
 * loop, to which nothing happens, as without a connection.
 */
final class EventLoops {

    private EventLoops() {}

    /** Closes the connection and drops what it has received. */
    static void dispose(@Nullable Connection connection) {
        on(connection, Connection::dispose);
    }

    /** Closes the connection; what it has received is still read. */
    @SuppressWarnings("FutureReturnValueIgnored") // its end is told by the response
    static void close(@Nullable Connection connection) {
        on(connection, each -> each.channel().close());
    }

    private static void on(@Nullable Connection connection, Consumer<Connection> what) {
        if (connection == null) {
            return;
        }
        Channel channel = connection.channel();
        if (!channel.isRegistered() || channel.eventLoop().inEventLoop()) {
            what.accept(connection);
        } else {
            channel.eventLoop().execute(() -> what.accept(connection));
        }
    }
}
