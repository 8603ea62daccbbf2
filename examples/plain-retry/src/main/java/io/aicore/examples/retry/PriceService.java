package io.aicore.examples.retry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A service on loopback that answers with these statuses one after another, the last one for ever. */
final class PriceService implements AutoCloseable {

    private final int[] statuses;
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;

    private PriceService(int... statuses) throws IOException {
        this.statuses = statuses;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    static PriceService that(int... statuses) throws IOException {
        return new PriceService(statuses);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/price");
    }

    int requests() {
        return requests.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = statuses[Math.min(requests.getAndIncrement(), statuses.length - 1)];
            if (status == 429) {
                exchange.getResponseHeaders().add("retry-after", "1");
            }
            byte[] body = "42".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
