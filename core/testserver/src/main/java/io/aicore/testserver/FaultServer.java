package io.aicore.testserver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A server of raw sockets on a loopback port that plays scripts, faults included. Each request takes the next script of
 * {@link #then}, and when these are used up the one of {@link #always}. Requests, connections and the clients' closing
 * of connections are recorded. Its threads are daemons of its own, where scripts may block.
 */
public final class FaultServer implements AutoCloseable {

    /** How long anything here waits for something that must happen. */
    static final long PATIENCE_SECONDS = 180;

    private final ServerSocketChannel listener;
    private final Queue<Script> scripts = new ArrayDeque<>();
    private volatile Script otherwise = exchange -> exchange.answer(500, "text/plain", "no script left");
    private final List<CompletableFuture<RecordedCall>> calls = new ArrayList<>();
    private final List<CompletableFuture<Void>> closings = new ArrayList<>();
    private final List<SocketChannel> sockets = new ArrayList<>();
    private int callsSeen;
    private int connectionsSeen;

    private FaultServer(ServerSocketChannel listener) {
        this.listener = listener;
    }

    /** A server that listens on a free port. */
    public static FaultServer start() {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
            FaultServer server = new FaultServer(listener);
            daemon("fault-server", server::accept);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException("no loopback port", e);
        }
    }

    /** A loopback port without a listener. */
    public static URI nobody() {
        try (FaultServer server = start()) {
            return server.url();
        }
    }

    /** Answers the next request that has no script yet. */
    public synchronized FaultServer then(Script script) {
        scripts.add(script);
        return this;
    }

    /** Answers every request that has no script of its own. */
    public FaultServer always(Script script) {
        otherwise = script;
        return this;
    }

    /** The base URL, without a path. */
    public URI url() {
        return url("");
    }

    /** The base URL with this path. */
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + listener.socket().getLocalPort() + path);
    }

    /** The request of this number, counted from 1; waits for it. */
    public RecordedCall call(int number) {
        return await(slot(calls, number));
    }

    /** How many requests have been read so far. */
    public synchronized int calls() {
        return callsSeen;
    }

    /** How many connections have been accepted so far. */
    public synchronized int connections() {
        return connectionsSeen;
    }

    /** Completes when the client has closed or reset the connection of this number, counted from 1. */
    public CompletableFuture<Void> clientClosed(int connection) {
        return slot(closings, connection);
    }

    /** Waits until the client has closed or reset the connection of this number. */
    public void awaitClientClosed(int connection) {
        await(clientClosed(connection));
    }

    @Override
    public void close() {
        List<SocketChannel> open;
        synchronized (this) {
            open = List.copyOf(sockets);
        }
        Sockets.close(listener);
        open.forEach(Sockets::close);
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel socket = listener.accept();
                // Otherwise a body waits up to 40 ms for the client to acknowledge its head.
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                int number = connected(socket);
                daemon("fault-server-" + number, () -> serve(socket, number));
            } catch (IOException e) {
                // Closed by the test: the loop ends.
                Sockets.close(listener);
            }
        }
    }

    private void serve(SocketChannel socket, int number) {
        Exchange exchange = new Exchange(socket, slot(closings, number));
        try {
            while (exchange.readRequest(number, this::readsBody)) {
                Script script = called(exchange.call());
                script.answer(exchange);
            }
        } catch (IOException e) {
            exchange.clientGone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Sockets.close(socket);
        }
    }

    private synchronized boolean readsBody() {
        Script next = scripts.peek();
        return (next == null ? otherwise : next).readsBody();
    }

    private synchronized int connected(SocketChannel socket) {
        sockets.add(socket);
        return ++connectionsSeen;
    }

    private Script called(RecordedCall call) {
        CompletableFuture<RecordedCall> slot;
        Script script;
        synchronized (this) {
            slot = slot(calls, ++callsSeen);
            script = scripts.poll();
        }
        slot.complete(call);
        return script == null ? otherwise : script;
    }

    private synchronized <T> CompletableFuture<T> slot(List<CompletableFuture<T>> slots, int number) {
        while (slots.size() < number) {
            slots.add(new CompletableFuture<>());
        }
        return slots.get(number - 1);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 256 << 10);
        thread.setDaemon(true);
        thread.start();
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
