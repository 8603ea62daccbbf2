package io.aicore.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server that takes one request and never answers. */
final class SilentServer implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Void> hungUp = new CompletableFuture<>();

    SilentServer() throws IOException {
        Thread serving = new Thread(this::serve, "silent-server");
        serving.setDaemon(true);
        serving.start();
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/v1");
    }

    void awaitRequest() throws Exception {
        asked.get(3, TimeUnit.MINUTES);
    }

    void awaitHangUp() throws Exception {
        hungUp.get(3, TimeUnit.MINUTES);
    }

    private void serve() {
        try (Socket socket = listening.accept()) {
            InputStream in = socket.getInputStream();
            StringBuilder request = new StringBuilder();
            byte[] bytes = new byte[4096];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                request.append(new String(bytes, 0, read, UTF_8));
                if (request.indexOf(Run.PROMPT) >= 0) {
                    asked.complete(null);
                }
            }
            hungUp.complete(null);
        } catch (IOException e) {
            // A reset is a way to hang up too.
            hungUp.complete(null);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
