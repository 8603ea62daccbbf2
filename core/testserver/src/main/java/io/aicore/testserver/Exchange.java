package io.aicore.testserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One request and what a {@link Script} does about it. */
public final class Exchange {

    /** No progress for so long: the other side has stopped reading. */
    private static final long STALLED_MILLIS = 500;

    private final SocketChannel socket;
    private final CompletableFuture<Void> clientClosed;
    private final ByteBuffer in = ByteBuffer.allocate(8_192).flip();
    private ByteBuffer unfinished = ByteBuffer.allocate(0);
    private RecordedCall call = new RecordedCall(0, "", "", Map.of(), new byte[0]);

    Exchange(SocketChannel socket, CompletableFuture<Void> clientClosed) {
        this.socket = socket;
        this.clientClosed = clientClosed;
    }

    /** The request. */
    public RecordedCall call() {
        return call;
    }

    /** A whole answer with its length. */
    public void answer(int status, String contentType, String body) throws IOException {
        answer(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A whole answer with its length and further header lines, as in {@code "retry-after: 1"}. */
    public void answer(int status, String contentType, byte[] body, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.add("content-type: " + contentType);
        lines.add("content-length: " + body.length);
        head(status, lines.toArray(String[]::new));
        write(body);
    }

    /** Status line and header lines, as in {@code "retry-after: 1"}. */
    public void head(int status, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        write(head.append("\r\n").toString());
    }

    /** The head of a chunked event stream, with these header lines too. */
    public void streamHead(String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("content-type: text/event-stream; charset=utf-8");
        all.add("transfer-encoding: chunked");
        head(200, all.toArray(String[]::new));
    }

    /** One event in a chunk of its own. */
    public void event(String data) throws IOException {
        chunk(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    /** One chunk of a chunked body. */
    public void chunk(byte[] bytes) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(bytes);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        write(chunk.toByteArray());
    }

    /** The end of a chunked body. */
    public void lastChunk() throws IOException {
        write("0\r\n\r\n");
    }

    /** These characters, as they are. */
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** These bytes, as they are, in one piece. */
    public void write(byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            socket.write(out);
        }
    }

    /** These bytes one by one, each in a packet of its own. */
    public void drip(byte[] bytes) throws IOException {
        for (byte b : bytes) {
            write(new byte[] {b});
        }
    }

    /**
     * Writes this piece again and again until so many have been taken, or the other side has stopped reading.
     *
     * @return how many bytes were taken
     */
    public long writeUntilStalled(byte[] piece, int times) throws IOException {
        socket.configureBlocking(false);
        long taken = 0;
        try (Selector selector = Selector.open()) {
            socket.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer out = ByteBuffer.allocate(0);
            for (int begun = 0; out.hasRemaining() || begun < times; ) {
                if (!out.hasRemaining()) {
                    out = ByteBuffer.wrap(piece);
                    begun++;
                }
                int written = socket.write(out);
                taken += written;
                if (written == 0) {
                    selector.selectedKeys().clear();
                    if (selector.select(STALLED_MILLIS) == 0) {
                        unfinished = out;
                        return taken;
                    }
                }
            }
            return taken;
        } finally {
            socket.configureBlocking(true);
        }
    }

    /** Writes what was left of the piece at which the other side stopped reading. */
    public void finishPiece() throws IOException {
        while (unfinished.hasRemaining()) {
            socket.write(unfinished);
        }
    }

    /** Ends the connection in good order. */
    public void close() {
        Sockets.close(socket);
    }

    /** Ends the connection with a reset: the client sees "connection reset by peer". */
    public void reset() throws IOException {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
    }

    /** Says nothing more until the client has closed the connection. */
    public void awaitClientClose() throws IOException {
        while (read() >= 0) {
            in.clear().flip();
        }
    }

    void clientGone() {
        clientClosed.complete(null);
    }

    boolean readRequest(int connection, BooleanSupplier readsBody) throws IOException {
        if (!socket.isOpen()) {
            return false;
        }
        String first = line();
        if (first == null) {
            return false;
        }
        String[] words = first.split(" ", 3);
        if (words.length < 3 || !words[2].startsWith("HTTP/")) {
            return silent();
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                return silent();
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        boolean toRead = readsBody.getAsBoolean();
        byte[] body = new byte[toRead ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0];
        for (int i = 0; i < body.length; i++) {
            int b = next();
            if (b < 0) {
                return false;
            }
            body[i] = (byte) b;
        }
        call = new RecordedCall(connection, words[0], words[1], headers, body);
        return true;
    }

    /** What is no HTTP, such as the beginning of TLS, gets no answer. */
    private boolean silent() throws IOException {
        awaitClientClose();
        return false;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = next(); b != '\n'; b = next()) {
            if (b < 0) {
                return null;
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private int next() throws IOException {
        if (!in.hasRemaining() && read() < 0) {
            return -1;
        }
        return in.get() & 0xff;
    }

    private int read() throws IOException {
        in.clear();
        int count;
        try {
            count = socket.read(in);
        } finally {
            in.flip();
        }
        if (count < 0) {
            clientGone();
        }
        return count;
    }
}
