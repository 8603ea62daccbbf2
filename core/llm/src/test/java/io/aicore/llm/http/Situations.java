package io.aicore.llm.http;

import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the tests of the transport have in common. */
final class Situations {

    static final Duration PATIENCE = Duration.ofMinutes(3);

    private Situations() {}

    static HttpTransport transport(URI url) {
        return HttpTransport.create("acme", url, HttpSettings.defaults());
    }

    static WireRequest chat() {
        return WireRequest.post(
                "/chat",
                Map.of("content-type", "application/json", "authorization", "Bearer sk-secret"),
                "{\"prompt\":\"hello\"}".getBytes(StandardCharsets.UTF_8));
    }

    /** Tells what came: {@code "whole 429 …"}, or the data of each event. */
    static final StreamReader<String> DATA = new StreamReader<>() {
        @Override
        public Publisher<String> response(WireResponse whole) {
            return Mono.just("whole " + whole.status() + " " + whole.text());
        }

        @Override
        public Publisher<String> events(WireResponse head, Flux<WireEvent> events) {
            return events.map(WireEvent::data);
        }
    };

    static Flux<String> data(HttpTransport transport) {
        return transport.stream(chat(), Timeouts.defaults(), DATA);
    }
}
