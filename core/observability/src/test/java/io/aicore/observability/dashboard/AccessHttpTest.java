package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.observability.LlmOperationCollector;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** Who may read, and from where. */
class AccessHttpTest extends HttpSituation {

    @Test
    void elsewhereThanOnLoopbackATokenIsNeeded() {
        LlmOperationCollector collector = situation.collector();
        for (String host : List.of("0.0.0.0", "::", "192.0.2.1", "example.com")) {
            ObservabilityDashboard open =
                    ObservabilityDashboard.create(collector).host(host);
            assertThatThrownBy(() -> open.start(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("token: missing")
                    .hasMessageContaining(host);
        }
        DisposableServer everywhere = ObservabilityDashboard.create(collector)
                .host("0.0.0.0")
                .token(TOKEN)
                .start(0)
                .block(Situation.PATIENCE);
        try {
            assertThat(get("http://127.0.0.1:" + everywhere.port() + "/api/names")
                            .status())
                    .isEqualTo(401);
        } finally {
            everywhere.disposeNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "fifteen-letters", "with a space in the middle", "line\r\nbreak-in-the-token"})
    void aTokenThatIsNoneIsRefusedWithoutShowingIt(String token) {
        assertThatThrownBy(() ->
                        ObservabilityDashboard.create(situation.collector()).token(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("token: ")
                .satisfies(e -> assertThat(token.isEmpty()
                                || !String.valueOf(e.getMessage()).contains(token))
                        .isTrue());
    }

    @Test
    void whatIsRecordedIsShownToWhoKnowsTheToken() {
        String names = secret.page("api/names");
        assertThat(get(names).status()).isEqualTo(401);
        assertThat(get(names).headers().get("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(get(names, "Authorization", "Bearer " + TOKEN + "x").status())
                .isEqualTo(401);
        assertThat(get(names, "Authorization", "Bearer ").status()).isEqualTo(401);
        assertThat(get(names, "Authorization", "Basic " + TOKEN).status()).isEqualTo(401);
        assertThat(get(names, "Authorization", "Bearer b-token-of-24-characters")
                        .body())
                .doesNotContain("b-token", TOKEN);
        assertThat(get(names + "?token=" + TOKEN).status()).isEqualTo(401);
        assertThat(get(names, "Cookie", "token=" + TOKEN).status()).isEqualTo(401);
        assertThat(get(secret.page("api/live")).status()).isEqualTo(401);

        assertThat(get(names, "Authorization", "Bearer " + TOKEN).status()).isEqualTo(200);
        assertThat(get(names, "Authorization", "bearer  " + TOKEN).status()).isEqualTo(200);
        // The page itself holds nothing, and must be there to ask.
        assertThat(get(secret.page()).status()).isEqualTo(200);
        assertThat(get(secret.page("api/about")).json().at("needsToken").isTrue())
                .isTrue();
        assertThat(get(situation.page("api/about")).json().at("needsToken").isTrue())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:80, 200",
        "LOCALHOST, 200",
        "127.0.0.1:8090, 200",
        "127.1.2.3, 200",
        "[::1]:8090, 200",
        "[::1], 200",
        "rebound.example, 403",
        "127.0.0.1.rebound.example:8090, 403",
        "localhost.rebound.example, 403",
        "192.168.1.5:8090, 403",
        "[::1].rebound.example, 403",
    })
    void onLoopbackOnlyItsOwnNamesAreAnswered(String host, int status) {
        assertThat(get(situation.page("api/names"), "Host", host).status()).isEqualTo(status);
        assertThat(get(situation.page(), "Host", host).status()).isEqualTo(status);
        // Who knows the token may come by any name, as through a proxy.
        assertThat(get(secret.page("api/names"), "Host", host, "Authorization", "Bearer " + TOKEN)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void pagesOfOtherSitesAreNotAnswered() {
        assertThat(get(situation.page("api/names"), "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(get(situation.page("api/live"), "Sec-Fetch-Site", "same-site")
                        .status())
                .isEqualTo(403);
        assertThat(get(situation.page("api/names"), "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app.js",
                "style.css",
                "icon.svg",
                "nothing.txt",
                "api/names",
                "api/overview?range=2h",
                "api/none"
            })
    void everyAnswerTellsTheBrowserToBeCareful(String path) {
        HttpHeaders headers = get(situation.page(path)).headers();
        assertThat(headers.get("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "*", "data:");
        assertThat(headers.get("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(headers.get("X-Frame-Options")).isEqualTo("DENY");
        assertThat(headers.get("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(headers.get("Access-Control-Allow-Origin")).isNull();
        assertThat(headers.get("Cache-Control"))
                .isIn(path.startsWith("api/") ? List.of("no-store") : List.of("no-cache", "no-store"));
    }

    @Test
    void onlyReadingIsPossible() {
        int status = HttpClient.create()
                .post()
                .uri(situation.page("api/overview"))
                .responseSingle((response, body) -> Mono.just(response.status().code()))
                .block(Situation.PATIENCE);
        assertThat(status).isEqualTo(405);
    }

    @Test
    void itIsMountedBelowAnyPath() {
        ObservabilityDashboard dashboard = ObservabilityDashboard.create(situation.collector());
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .route(routes -> routes.get("/ops/llm", dashboard.handler())
                        .get("/ops/llm/**", dashboard.handler())
                        .get("/other", (request, response) -> response.sendString(Mono.just("other"))))
                .bindNow();
        try {
            String base = "http://127.0.0.1:" + server.port() + "/ops/llm";
            Answer moved = get(base);
            assertThat(moved.status()).isEqualTo(308);
            assertThat(moved.headers().get("Location")).isEqualTo("llm/");
            assertThat(get(base + "/").body()).contains("<title>AiCore observability");
            assertThat(get(base + "/app.js").status()).isEqualTo(200);
            assertThat(get(base + "/api/overview")
                            .json()
                            .at("totals")
                            .at("calls")
                            .index())
                    .isEqualTo(300);
            assertThat(get(base + "/", "Host", "dashboard.example").status()).isEqualTo(200);
            assertThat(get("http://127.0.0.1:" + server.port() + "/other").body())
                    .isEqualTo("other");
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void aMountedOneAsksForItsTokenToo() {
        ObservabilityDashboard dashboard =
                ObservabilityDashboard.create(situation.collector()).token(TOKEN);
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .handle(dashboard.handler())
                .bindNow();
        try {
            String names = "http://127.0.0.1:" + server.port() + "/x/api/names";
            assertThat(get(names).status()).isEqualTo(401);
            assertThat(get(names, "Authorization", "Bearer " + TOKEN).status()).isEqualTo(200);
        } finally {
            server.disposeNow();
        }
    }
}
