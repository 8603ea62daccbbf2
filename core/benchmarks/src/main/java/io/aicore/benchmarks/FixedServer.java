package io.aicore.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Answers each request on a connection with the same bytes. Between two requests it allocates nothing, so that what is
 * measured in its JVM is the client's.
 */
final class FixedServer implements AutoCloseable {

    private static final int MAX_REQUEST_BYTES = 64 * 1024;
    private static final byte[] LENGTH = {'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h', ':', ' '
    };
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final ServerSocket listener;
    private final byte[] response;

    private FixedServer(ServerSocket listener, byte[] response) {
        this.listener = listener;
        this.response = response;
    }

    static FixedServer answering(byte[] response) {
        try {
            ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
            FixedServer server = new FixedServer(listener, response);
            start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/v1";
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                start(() -> answer(connection));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void answer(Socket accepted) {
        byte[] request = new byte[MAX_REQUEST_BYTES];
        try (Socket connection = accepted) {
            connection.setTcpNoDelay(true);
            InputStream in = connection.getInputStream();
            int received = 0;
            for (int read = in.read(request); read >= 0; read = in.read(request, received, request.length - received)) {
                received += read;
                if (isWhole(request, received)) {
                    connection.getOutputStream().write(response);
                    received = 0;
                }
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static boolean isWhole(byte[] request, int received) {
        int head = after(END_OF_HEAD, request, received);
        int length = after(LENGTH, request, received);
        return head >= 0 && length >= 0 && received >= head + number(request, length);
    }

    /** Where the bytes after this pattern begin, whatever its case; -1 without it. */
    private static int after(byte[] pattern, byte[] bytes, int end) {
        int matched = 0;
        for (int i = 0; i < end; i++) {
            int small = bytes[i] >= 'A' && bytes[i] <= 'Z' ? bytes[i] + 'a' - 'A' : bytes[i];
            matched = small == pattern[matched] ? matched + 1 : small == pattern[0] ? 1 : 0;
            if (matched == pattern.length) {
                return i + 1;
            }
        }
        return -1;
    }

    private static int number(byte[] bytes, int start) {
        int value = 0;
        for (int i = start; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "fixed-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
