package io.aicore.observability.dashboard;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A request to the dashboard and its response, independent of the server. The dashboard answers exactly once; the
 * response is written on subscription to the Mono, and a cancel of it, for example when the client leaves, must reach
 * the events.
 */
public interface DashboardExchange {

    /** The HTTP method, in upper case. */
    String method();

    /** Path and query as the client sent them, still encoded. */
    String uri();

    /** The first value of this request header; null without one. */
    @Nullable
    String header(String name);

    /** Answers with a complete body; without content if it is empty. */
    Mono<Void> answer(int status, Map<String, String> headers, byte[] body);

    /** Answers 200 with these events, each sent immediately. */
    Mono<Void> stream(Map<String, String> headers, Flux<byte[]> events);
}
