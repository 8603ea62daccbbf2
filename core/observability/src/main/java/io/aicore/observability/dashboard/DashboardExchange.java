package io.aicore.observability.dashboard;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One request to the dashboard and the way to answer it, in the terms of whatever server it came through. The dashboard
 * answers exactly once; what it writes is written when the Mono is subscribed to, and a cancel of it, as when the client
 * leaves, must reach the events.
 */
public interface DashboardExchange {

    /** The HTTP method, in upper case. */
    String method();

    /** Path and query as the client sent them, still encoded. */
    String uri();

    /** The first value of this request header; null without one. */
    @Nullable
    String header(String name);

    /** Answers with a whole body; with no content where that is empty. */
    Mono<Void> answer(int status, Map<String, String> headers, byte[] body);

    /** Answers 200 with these events, each of which leaves at once. */
    Mono<Void> stream(Map<String, String> headers, Flux<byte[]> events);
}
