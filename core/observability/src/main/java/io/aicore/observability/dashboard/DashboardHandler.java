package io.aicore.observability.dashboard;

import io.aicore.llm.codec.json.Json;
import io.aicore.observability.LlmOperationCollector;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.r2dbc.spi.R2dbcException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Answers the requests of the page: its files to anyone who may connect, what is recorded to who may look. */
final class DashboardHandler implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

    private static final Logger LOG = Loggers.getLogger(ObservabilityDashboard.class);
    private static final String API = "/api/";

    private final Assets assets;
    private final Access access;
    private final Live live;
    private final Api api;
    private final Mono<Void> stopped;

    DashboardHandler(LlmOperationCollector collector, Assets assets, Access access, Mono<Void> stopped) {
        this.assets = assets;
        this.access = access;
        Mono<String> mark = Live.mark(collector);
        this.live = new Live(mark, Schedulers.parallel());
        this.api = new Api(collector, Clock.systemUTC(), mark);
        this.stopped = stopped;
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        Headers.onAll(response);
        if (!access.expects(request.requestHeaders().get("Host"))) {
            return refused(response, 403, "host: not one of this machine (expected: localhost or 127.0.0.1)");
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return refused(response.header("Allow", "GET"), 405, "method: " + request.method() + " (expected: GET)");
        }
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        try {
            String path = uri.path();
            int place = path.lastIndexOf(API);
            return place < 0
                    ? file(path, request, response)
                    : question(path.substring(place + API.length()), uri, request, response);
        } catch (BadParameterException e) {
            return refused(response, e);
        } catch (IllegalArgumentException e) {
            return refused(response, 400, "url: not readable");
        }
    }

    /** Whatever path we are mounted below, the last part names the file. */
    private Publisher<Void> file(String path, HttpServerRequest request, HttpServerResponse response) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Assets.Asset asset = assets.of(name);
        if (asset == null) {
            // The page's links are relative: it must be reached with a slash at the end.
            return name.contains(".")
                    ? refused(response, 404, "path: nothing is here")
                    : response.status(308)
                            .header("Location", Headers.inPath(name) + "/")
                            .send();
        }
        response.header("Cache-Control", "no-cache").header("ETag", asset.tag());
        return asset.tag().equals(request.requestHeaders().get("If-None-Match"))
                ? response.status(304).send()
                : response.header("Content-Type", asset.type())
                        .send(Mono.fromSupplier(() -> asset.content().duplicate()));
    }

    private Publisher<Void> question(
            String question, QueryStringDecoder uri, HttpServerRequest request, HttpServerResponse response) {
        response.header("Cache-Control", "no-store");
        if (question.equals("about")) {
            return json(response, Map.of("needsToken", access.needsToken()));
        }
        if (Headers.isOfAnotherSite(request)) {
            return refused(response, 403, "origin: another site (expected: this page)");
        }
        if (!access.admits(request.requestHeaders().get("Authorization"))) {
            return refused(
                    response.header("WWW-Authenticate", "Bearer"), 401, "token: missing or wrong (expected: Bearer)");
        }
        if (question.equals("live")) {
            return Flux.using(live::enter, room -> room ? live(response) : full(response), this::leave);
        }
        Parameters parameters = new Parameters(uri.parameters());
        return api.answer(question, parameters)
                .map(Json::write)
                .map(bytes -> json(response, bytes))
                .switchIfEmpty(Mono.fromSupplier(() -> refused(response, 404, "path: nothing is here")))
                .onErrorResume(error -> Mono.just(failed(response, error)))
                .flatMapMany(sent -> sent);
    }

    private Publisher<Void> live(HttpServerResponse response) {
        Flux<ByteBuf> events = live.events()
                .takeUntilOther(stopped)
                .map(event -> Unpooled.copiedBuffer(event, StandardCharsets.UTF_8));
        return response.header("Content-Type", "text/event-stream").send(events, event -> true);
    }

    private static Publisher<Void> full(HttpServerResponse response) {
        return refused(
                response.header("Retry-After", "30"),
                503,
                "viewers: " + Live.MAX_VIEWERS + " are looking, no more can");
    }

    private void leave(boolean entered) {
        if (entered) {
            live.leave();
        }
    }

    /** How many are told of changes. */
    int viewers() {
        return live.viewers();
    }

    private static Publisher<Void> failed(HttpServerResponse response, Throwable error) {
        if (error instanceof BadParameterException bad) {
            return refused(response, bad);
        }
        if (error instanceof PoolAcquirePendingLimitException) {
            return refused(response.header("Retry-After", "1"), 503, "queries: too many wait for the database");
        }
        if (error instanceof R2dbcException || error instanceof TimeoutException) {
            LOG.debug("the database of the dashboard does not answer", error);
            return refused(response, 503, "database: it does not answer");
        }
        LOG.warn("the dashboard cannot answer", error);
        return refused(response, 500, "dashboard: an error of its own, which is in the log of the program");
    }

    private static Publisher<Void> refused(HttpServerResponse response, BadParameterException bad) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("error", String.valueOf(bad.getMessage()));
        answer.put("parameter", bad.parameter());
        return json(response.status(400), answer);
    }

    private static Publisher<Void> refused(HttpServerResponse response, int status, String why) {
        return json(response.status(status).header("Cache-Control", "no-store"), Map.of("error", why));
    }

    private static Publisher<Void> json(HttpServerResponse response, Map<String, ?> answer) {
        return json(response, Json.write(answer));
    }

    private static Publisher<Void> json(HttpServerResponse response, byte[] bytes) {
        return response.header("Content-Type", "application/json").sendByteArray(Mono.just(bytes));
    }
}
