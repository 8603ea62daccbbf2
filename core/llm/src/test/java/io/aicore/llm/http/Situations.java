package io.aicore.llm.http;

import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Flux;

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
        public List<String> response(WireResponse whole) {
            return List.of("whole " + whole.status() + " " + whole.text());
        }

        @Override
        public EventReader<String> events(WireResponse head) {
            return reader(WireEvent::data);
        }
    };

    /** Makes one element of each event. */
    static EventReader<String> reader(Function<WireEvent, String> each) {
        return new EventReader<>() {
            @Override
            public List<String> read(WireEvent event) {
                return List.of(each.apply(event));
            }

            @Override
            public List<String> end() {
                return List.of();
            }
        };
    }

    static Flux<String> data(HttpTransport transport) {
        return transport.stream(chat(), Timeouts.defaults(), DATA);
    }
}
