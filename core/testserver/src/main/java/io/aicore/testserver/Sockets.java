package io.aicore.testserver;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Closing, where the other side may have been faster. */
final class Sockets {

    private Sockets() {}

    static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
