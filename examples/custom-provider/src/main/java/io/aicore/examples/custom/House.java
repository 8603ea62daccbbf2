package io.aicore.examples.custom;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that gives these replies one after another, the last one for ever. */
final class House implements AutoCloseable {

    /** One answer; {@code retryAfter} in seconds, 0 for none. */
    record Reply(int status, int retryAfter, String text) {}

    private final List<Reply> replies;
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;

    private House(List<Reply> replies) throws IOException {
        this.replies = replies;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    static House that(Reply... replies) throws IOException {
        return new House(List.of(replies));
    }

    static Reply refuses(int status, int retryAfter) {
        return new Reply(status, retryAfter, "no");
    }

    static Reply answers(String text) {
        return new Reply(200, 0, text);
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/generate";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Reply reply = replies.get(Math.min(requests.getAndIncrement(), replies.size() - 1));
            if (reply.retryAfter() > 0) {
                exchange.getResponseHeaders().add("retry-after", String.valueOf(reply.retryAfter()));
            }
            byte[] body = reply.text().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
