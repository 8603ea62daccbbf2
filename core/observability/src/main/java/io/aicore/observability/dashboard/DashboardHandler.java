package io.aicore.observability.dashboard;

import io.aicore.llm.codec.json.Json;
import io.aicore.observability.LlmOperationCollector;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.r2dbc.spi.R2dbcException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Handles the requests of the page: its files for everyone, records only with access. */
final class DashboardHandler {

    private static final Logger LOG = Loggers.getLogger(ObservabilityDashboard.class);
    private static final String API = "/api/";
    private static final byte[] NOTHING = {};

    private final Assets assets;
    private final Access access;
    private final ChangeNotifier live;
    private final Api api;
    private final Mono<Void> stopped;

    /**
     * Creates the handler for the records of this collector.
     *
     * @param stopped ends the live updates
     */
    DashboardHandler(LlmOperationCollector collector, Assets assets, Access access, Mono<Void> stopped) {
        this.assets = assets;
        this.access = access;
        Mono<String> mark = ChangeNotifier.mark(collector);
        this.live = new ChangeNotifier(mark, Schedulers.parallel());
        this.api = new Api(collector, Clock.systemUTC(), mark);
        this.stopped = stopped;
    }

    Mono<Void> handle(DashboardExchange exchange) {
        if (!access.expects(exchange.header("Host"))) {
            return refused(exchange, 403, "host: not a name of this machine (expected: localhost or 127.0.0.1)");
        }
        if (!exchange.method().equals("GET")) {
            return refused(
                    exchange, 405, "method: " + exchange.method() + " (expected: GET)", Map.entry("Allow", "GET"));
        }
        QueryStringDecoder uri = new QueryStringDecoder(exchange.uri());
        try {
            String path = uri.path();
            int place = path.lastIndexOf(API);
            return place < 0 ? file(path, exchange) : question(path.substring(place + API.length()), uri, exchange);
        } catch (BadParameterException e) {
            return refused(exchange, e);
        } catch (IllegalArgumentException e) {
            return refused(exchange, 400, "url: malformed");
        }
    }

    /** The last part of the path names the file, wherever the handler is mounted. */
    private Mono<Void> file(String path, DashboardExchange exchange) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Assets.Asset asset = assets.of(name);
        if (asset == null) {
            // The page's links are relative: it must be reached with a slash at the end.
            return name.contains(".")
                    ? refused(exchange, 404, "path: not found")
                    : exchange.answer(308, Headers.with(Map.entry("Location", Headers.inPath(name) + "/")), NOTHING);
        }
        Entry<String, String> cached = Map.entry("Cache-Control", "no-cache");
        Entry<String, String> tag = Map.entry("ETag", asset.tag());
        return asset.tag().equals(exchange.header("If-None-Match"))
                ? exchange.answer(304, Headers.with(cached, tag), NOTHING)
                : exchange.answer(
                        200, Headers.with(cached, tag, Map.entry("Content-Type", asset.type())), asset.content());
    }

    private Mono<Void> question(String question, QueryStringDecoder uri, DashboardExchange exchange) {
        if (question.equals("about")) {
            return json(exchange, Json.write(Map.of("needsToken", access.needsToken())));
        }
        if (Headers.isOfAnotherSite(exchange)) {
            return refused(exchange, 403, "origin: another site (expected: this page)");
        }
        if (!access.admits(exchange.header("Authorization"))) {
            return refused(
                    exchange,
                    401,
                    "token: missing or wrong (expected: Bearer)",
                    Map.entry("WWW-Authenticate", "Bearer"));
        }
        if (question.equals("live")) {
            return Mono.using(live::enter, room -> room ? live(exchange) : full(exchange), this::leave);
        }
        Parameters parameters = new Parameters(uri.parameters());
        return api.answer(question, parameters)
                .map(Json::write)
                .map(bytes -> json(exchange, bytes))
                .switchIfEmpty(Mono.fromSupplier(() -> refused(exchange, 404, "path: not found")))
                .onErrorResume(error -> Mono.just(failed(exchange, error)))
                .flatMap(sent -> sent);
    }

    private Mono<Void> live(DashboardExchange exchange) {
        Flux<byte[]> events =
                live.events().takeUntilOther(stopped).map(event -> event.getBytes(StandardCharsets.UTF_8));
        return exchange.stream(
                Headers.with(Headers.NOT_STORED, Map.entry("Content-Type", "text/event-stream")), events);
    }

    private static Mono<Void> full(DashboardExchange exchange) {
        return refused(
                exchange,
                503,
                "viewers: " + ChangeNotifier.MAX_VIEWERS + " are looking, no more can",
                Map.entry("Retry-After", "30"));
    }

    private void leave(boolean entered) {
        if (entered) {
            live.leave();
        }
    }

    /** Number of viewers with live updates. */
    int viewers() {
        return live.viewers();
    }

    private static Mono<Void> failed(DashboardExchange exchange, Throwable error) {
        if (error instanceof BadParameterException bad) {
            return refused(exchange, bad);
        }
        if (error instanceof PoolAcquirePendingLimitException) {
            return refused(
                    exchange, 503, "queries: too many are waiting for the database", Map.entry("Retry-After", "1"));
        }
        if (error instanceof R2dbcException || error instanceof TimeoutException) {
            LOG.debug("the database of the dashboard does not respond", error);
            return refused(exchange, 503, "database: it does not respond");
        }
        LOG.warn("a request to the dashboard failed", error);
        return refused(exchange, 500, "dashboard: internal error (see the log of the application)");
    }

    private static Mono<Void> refused(DashboardExchange exchange, BadParameterException bad) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("error", String.valueOf(bad.getMessage()));
        answer.put("parameter", bad.parameter());
        return json(exchange, 400, Json.write(answer));
    }

    @SafeVarargs
    private static Mono<Void> refused(
            DashboardExchange exchange, int status, String why, Entry<String, String>... headers) {
        return json(exchange, status, Json.write(Map.of("error", why)), headers);
    }

    private static Mono<Void> json(DashboardExchange exchange, byte[] body) {
        return json(exchange, 200, body);
    }

    @SafeVarargs
    private static Mono<Void> json(
            DashboardExchange exchange, int status, byte[] body, Entry<String, String>... headers) {
        Map<String, String> all = Headers.with(Headers.NOT_STORED, Map.entry("Content-Type", "application/json"));
        for (Entry<String, String> header : headers) {
            all.put(header.getKey(), header.getValue());
        }
        return exchange.answer(status, all, body);
    }
}
