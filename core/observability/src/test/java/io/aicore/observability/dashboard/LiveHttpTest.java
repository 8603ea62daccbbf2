package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

/** The stream of changes: begun, ended and limited. */
class LiveHttpTest extends HttpSituation {

    @Test
    void viewersAreToldOfWhatAnotherProcessWrites() {
        try (Situation empty = Situation.empty(directory, dashboard -> dashboard)) {
            StepVerifier.create(events(empty.page("api/live")))
                    .expectNextMatches(event -> event.startsWith("event: change\ndata: {\"mark\":\""))
                    .then(() -> empty.write(calls.subList(0, 3)))
                    .expectNextMatches(event -> event.startsWith("event: change"))
                    .thenCancel()
                    .verify(Situation.PATIENCE);
        }
    }

    @Test
    void aServerThatIsStoppedEndsItsStreams() {
        try (Situation empty = Situation.empty(directory, dashboard -> dashboard)) {
            StepVerifier.create(events(empty.page("api/live")))
                    .expectNextCount(1)
                    .then(() -> empty.server().dispose())
                    .thenConsumeWhile(event -> true)
                    .expectComplete()
                    .verify(Situation.PATIENCE);
        }
    }

    @Test
    void aViewerWhoGoesIsForgottenAndNoMoreThanAHundredAreServed() {
        DashboardHandler handler =
                new DashboardHandler(situation.collector(), Assets.load(), Access.mounted(null), Mono.never());
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) -> handler.handle(new NettyExchange(request, response)))
                .bindNow();
        try {
            String live = "http://127.0.0.1:" + server.port() + "/api/live";
            List<Disposable> viewers = new ArrayList<>();
            for (int i = 0; i < ChangeNotifier.MAX_VIEWERS; i++) {
                viewers.add(events(live).subscribe());
            }
            awaitViewers(handler, ChangeNotifier.MAX_VIEWERS);
            Answer refused = get(live);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().at("error").text()).contains("100");

            viewers.forEach(Disposable::dispose);
            awaitViewers(handler, 0);
            assertThat(events(live).blockFirst(Situation.PATIENCE)).startsWith("event: change");
        } finally {
            server.disposeNow();
        }
    }

    private static void awaitViewers(DashboardHandler handler, int count) {
        Flux.interval(Duration.ofMillis(5))
                .filter(tick -> handler.viewers() == count)
                .blockFirst(Situation.PATIENCE);
    }
}
