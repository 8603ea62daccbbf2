package io.aicore.testserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Ready-made scripts. */
public final class Scripts {

    private Scripts() {}

    /** A whole JSON answer; header lines as in {@code "retry-after: 1"}. */
    public static Script json(int status, String body, String... headers) {
        return exchange -> exchange.answer(status, "application/json", body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** An event stream with these data, each an event in a chunk of its own, and its end in good order. */
    public static Script events(String... data) {
        return exchange -> {
            exchange.streamHead();
            for (String one : data) {
                exchange.event(one);
            }
            exchange.lastChunk();
        };
    }

    /** An event stream that is reset after these data; what the client has not read by then may be lost on the way. */
    public static Script eventsThenReset(String... data) {
        return exchange -> {
            exchange.streamHead();
            for (String one : data) {
                exchange.event(one);
            }
            exchange.reset();
        };
    }

    /** An event stream whose connection is closed after these data, without the end of its body. */
    public static Script eventsThenCut(String... data) {
        return exchange -> {
            exchange.streamHead();
            for (String one : data) {
                exchange.event(one);
            }
            exchange.close();
        };
    }

    /** An event stream that says nothing more after these data, until the client closes the connection. */
    public static Script eventsThenSilence(String... data) {
        return exchange -> {
            exchange.streamHead();
            for (String one : data) {
                exchange.event(one);
            }
            exchange.awaitClientClose();
        };
    }

    /** This answer as soon as the request's head has come; its body is not read. */
    public static Script beforeTheBody(Script answer) {
        return new Script() {
            @Override
            public void answer(Exchange exchange) throws IOException, InterruptedException {
                answer.answer(exchange);
            }

            @Override
            public boolean readsBody() {
                return false;
            }
        };
    }

    /** No answer at all, until the client closes the connection. */
    public static Script silence() {
        return Exchange::awaitClientClose;
    }

    /** A reset instead of an answer. */
    public static Script reset() {
        return Exchange::reset;
    }

    /** The connection closed in good order instead of an answer. */
    public static Script close() {
        return Exchange::close;
    }

    /** A body shorter than its announced length, then the end of the connection. */
    public static Script truncated(int status, String body) {
        return exchange -> {
            exchange.head(status, "content-type: application/json", "content-length: " + (body.length() + 1_000));
            exchange.write(body);
            exchange.close();
        };
    }

    /** A part of the body, then a reset. */
    public static Script resetInBody(int status, String body) {
        return exchange -> {
            exchange.head(status, "content-type: application/json", "content-length: " + (body.length() + 1_000));
            exchange.write(body);
            exchange.reset();
        };
    }

    /** A part of the body, then silence until the client closes the connection. */
    public static Script silenceInBody(int status, String body) {
        return exchange -> {
            exchange.head(status, "content-type: application/json", "content-length: " + (body.length() + 1_000));
            exchange.write(body);
            exchange.awaitClientClose();
        };
    }

    /** Bytes that are not HTTP. */
    public static Script garbage() {
        return exchange -> {
            exchange.write("\u0000\u0001 this is no HTTP\r\n\r\n");
            exchange.close();
        };
    }
}
