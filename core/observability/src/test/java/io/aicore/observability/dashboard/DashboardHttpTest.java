package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.LlmOperationCollector;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

/** The dashboard as HTTP sees it, without a browser. */
class DashboardHttpTest {

    private static final String TOKEN = "a-token-of-24-characters";

    @TempDir
    static Path directory;

    private static List<LlmOperation> calls;
    private static Situation situation;
    private static Situation secret;

    record Answer(int status, HttpHeaders headers, String body) {
        JsonFields json() {
            return Json.read(body);
        }
    }

    @BeforeAll
    static void start() {
        calls = new Samples(Instant.now(), Duration.ofMinutes(50)).calls(300);
        situation = Situation.with(directory, calls, new Samples(Instant.now(), Duration.ofMinutes(50)).circuits());
        secret = Situation.empty(directory, dashboard -> dashboard.token(TOKEN));
    }

    @AfterAll
    static void stop() {
        situation.close();
        secret.close();
    }

    private static Answer get(String url, String... headers) {
        return get(HttpClient.create(), url, headers);
    }

    private static Answer get(HttpClient client, String url, String... headers) {
        return client.headers(set -> {
                    for (int i = 0; i < headers.length; i += 2) {
                        set.set(headers[i], headers[i + 1]);
                    }
                })
                .get()
                .uri(url)
                .responseSingle((response, body) -> body.asString()
                        .defaultIfEmpty("")
                        .map(text -> new Answer(response.status().code(), response.responseHeaders(), text)))
                .block(Situation.PATIENCE);
    }

    private static Answer api(String question) {
        return get(situation.page("api/" + question));
    }

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
    void everyFileOfThePageIsThere() {
        String page = get(situation.page()).body();
        assertThat(page).doesNotContain("http://", "https://", "<style", "onclick");
        List<String> files = new ArrayList<>(List.of("uPlot.LICENSE.txt"));
        Pattern.compile("(?:href|src)=\"([^\"#]+)\"")
                .matcher(page)
                .results()
                .forEach(found -> files.add(found.group(1)));
        assertThat(files).contains("app.js", "style.css");
        for (int i = 0; i < files.size(); i++) {
            Answer file = get(situation.page(files.get(i)));
            assertThat(file.status()).as(files.get(i)).isEqualTo(200);
            assertThat(file.headers().get("Content-Type")).as(files.get(i)).isNotBlank();
            Pattern.compile("from '\\./([^']+)'")
                    .matcher(file.body())
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !files.contains(name))
                    .forEach(files::add);
        }
        assertThat(files).contains("uPlot.esm.js", "detail.js");
        Answer first = get(situation.page("app.js"));
        assertThat(get(
                                situation.page("app.js"),
                                "If-None-Match",
                                first.headers().get("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(get(situation.page("Assets.class")).status()).isEqualTo(404);
        assertThat(get(situation.page("..%2FV1.sql")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "overview?range=2h, range",
        "overview?from=yesterday, from",
        "overview?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, from",
        "overview?from=1826-01-01T00:00:00Z, from",
        "overview?to=x, to",
        "overview?range=1h&from=2026-01-02T00:00:00Z, range",
        "overview?outcome=fine, outcome",
        "overview?retried=yes, retried",
        "overview?minTokens=-1, minTokens",
        "overview?maxTokens=1e3, maxTokens",
        "overview?minLatency=many, minLatency",
        "overview?maxLatency=9999999999999999, maxLatency",
        "overview?minLatency=999999999999999, minLatency",
        "operations?minLatency=316224000001, minLatency",
        "groups?maxLatency=-1, maxLatency",
        "groups?minLatency=NaN, minLatency",
        "groups?minLatency=Infinity, minLatency",
        "groups?minLatency=1.5, minLatency",
        "groups?minLatency=%D9%A1, minLatency",
        "operations?minTokens=9223372036854775808, minTokens",
        "operations?maxTokens=1000000000001, maxTokens",
        "operations?minTokens=5&maxTokens=4, minTokens",
        "operations?minLatency=5&maxLatency=4, minLatency",
        "operations?limit=-1, limit",
        "operations?limit=99999999999999999999, limit",
        "operations?before=%2B999999999-12-31T00:00:00Z&beforeId=x, before",
        "overview?to=%2B300000-01-01T00:00:00Z&from=%2B299999-01-01T00:00:00Z, to",
        "circuits?from=-9999-01-01T00:00:00Z&to=-9998-01-01T00:00:00Z, to",
        "overview?provider=a%00b, provider",
        "operations?session=%00, session",
        "operation?id=%00, id",
        "overview?provider=a&provider=b, provider",
        "groups?colour=red, colour",
        "circuits?range=, ''",
        "operations?limit=0, limit",
        "operations?limit=201, limit",
        "operations?before=2026-01-02T00:00:00Z, beforeId",
        "operations?beforeId=x, before",
        "operation, id",
    })
    void aParameterThatSaysNothingIsNamed(String question, String parameter) {
        Answer answer = api(question);
        if (parameter.isEmpty()) {
            assertThat(answer.status()).isEqualTo(200);
        } else {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().at("parameter").text()).isEqualTo(parameter);
            assertThat(answer.json().at("error").text()).startsWith(parameter + ": ");
        }
    }

    @Test
    void theWidestBoundsAreAnswered() {
        String widest = "minTokens=0&maxTokens=1000000000000&minLatency=0&maxLatency=316224000000";
        assertThat(api("operations?limit=1&" + widest).json().at("operations").size())
                .isOne();
        assertThat(api("overview?maxLatency=316224000000")
                        .json()
                        .at("totals")
                        .at("calls")
                        .index())
                .isEqualTo(300);
        assertThat(api("overview?minLatency=316224000000").json().at("totals").isNull())
                .isTrue();
        String last = "9999-12-31T23:59:59.999999Z";
        assertThat(api("overview?from=9999-01-01T00:00:00Z&to=" + last).status())
                .isEqualTo(200);
        assertThat(api("circuits?from=1970-01-01T00:00:00Z&to=1971-01-01T00:00:00Z")
                        .status())
                .isEqualTo(200);
        assertThat(api("operations?beforeId=x&before=" + last).status()).isEqualTo(200);
    }

    @Test
    void valuesAreBoundInLength() {
        assertThat(api("overview?text=" + "x".repeat(1_001))
                        .json()
                        .at("parameter")
                        .text())
                .isEqualTo("text");
    }

    @Test
    void theOverviewAgreesWithTheRecords() {
        JsonFields overview = api("overview").json();
        assertThat(overview.at("totals").at("calls").index()).isEqualTo(300);
        assertThat(sum(overview.at("timeline").at("calls"))).isEqualTo(300);
        int attempts = calls.stream().mapToInt(call -> call.attempts().size()).sum();
        assertThat(sum(overview.at("timeline").at("attempts"))).isEqualTo(attempts);
        int retries = calls.stream().mapToInt(LlmOperation::retries).sum();
        int byCause = 0;
        for (JsonFields cause : overview.at("causes").members().values()) {
            assertThat(cause.size())
                    .isEqualTo(overview.at("timeline").at("start").size());
            byCause += sum(cause);
        }
        assertThat(byCause).isEqualTo(retries).isPositive();
        int failures = 0;
        for (JsonFields category : overview.at("failures").members().values()) {
            assertThat(category.size())
                    .isEqualTo(overview.at("timeline").at("start").size());
            failures += sum(category);
        }
        assertThat(failures)
                .isEqualTo((int) calls.stream()
                        .filter(call -> call.outcome() == CallOutcome.ERROR)
                        .count())
                .isPositive();
        int groups = 0;
        for (JsonFields group : api("groups").json().at("groups").elements()) {
            groups += group.at("calls").index();
        }
        assertThat(groups).isEqualTo(300);
        assertThat(api("overview?provider=nobody").json().at("totals").isNull()).isTrue();
    }

    @Test
    void theGroupsWithMostFailuresComeFirstAndTheirCausesAreCounted() {
        JsonFields answer = api("groups").json();
        List<Long> failed = new ArrayList<>();
        for (JsonFields group : answer.at("groups").elements()) {
            double succeeded = rate(group) * group.count("calls");
            failed.add(group.count("calls") - Math.round(succeeded));
        }
        assertThat(failed).isSortedAccordingTo(Comparator.reverseOrder());
        long causes = 0;
        for (JsonFields cause : answer.at("failures").elements()) {
            assertThat(cause.at("category").text()).isNotBlank();
            causes += cause.at("calls").count();
        }
        assertThat(causes)
                .isEqualTo(calls.stream()
                        .filter(call -> call.outcome() == CallOutcome.ERROR)
                        .count())
                .isPositive();
        assertThat(api("groups?outcome=success").json().at("failures").size()).isZero();
    }

    private static double rate(JsonFields group) {
        return Objects.requireNonNull(group.number("successRate")).doubleValue();
    }

    private static int sum(JsonFields numbers) {
        int sum = 0;
        for (JsonFields number : numbers.elements()) {
            sum += number.index();
        }
        return sum;
    }

    @Test
    void pagesFollowEachOther() {
        List<String> ids = new ArrayList<>();
        String place = "";
        do {
            JsonFields page = api("operations?limit=70" + place).json();
            page.at("operations")
                    .elements()
                    .forEach(call -> ids.add(call.at("id").text()));
            JsonFields next = page.at("next");
            place = next.isNull()
                    ? ""
                    : "&before=" + next.at("before").text() + "&beforeId="
                            + URLEncoder.encode(next.at("beforeId").text(), StandardCharsets.UTF_8);
        } while (!place.isEmpty());
        assertThat(ids).doesNotHaveDuplicates().hasSize(300);
    }

    @Test
    void oneCallComesWithItsAttempts() {
        LlmOperation retried =
                calls.stream().filter(call -> call.retries() > 1).findFirst().orElseThrow();
        JsonFields detail = api("operation?id=" + retried.id()).json();
        assertThat(detail.at("attempts").size()).isEqualTo(retried.attempts().size());
        assertThat(detail.at("attempts").at(0).at("why").text())
                .isEqualTo(retried.attempts().get(0).why());
        assertThat(detail.at("prompt").isNull()).isTrue();
        assertThat(api("operation?id=nothing").status()).isEqualTo(404);
        assertThat(api("secrets").status()).isEqualTo(404);
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
    void aDatabaseThatIsAwayIsSaidSo() {
        // A port of loopback on which nobody listens.
        DisposableServer closed = HttpServer.create().host("127.0.0.1").bindNow();
        closed.disposeNow();
        try (Situation away = Situation.at("r2dbc:postgresql://me:secret-word@127.0.0.1:" + closed.port() + "/db")) {
            Answer answer = get(away.page("api/overview"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().at("error").text()).isEqualTo("database: it does not answer");
            assertThat(answer.body()).doesNotContain("secret-word", "127.0.0.1");
            assertThat(events(away.page("api/live")).blockFirst(Situation.PATIENCE))
                    .contains("event: away");
        }
    }

    private static Flux<String> events(String url) {
        return HttpClient.newConnection().get().uri(url).responseContent().asString();
    }

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
            for (int i = 0; i < Live.MAX_VIEWERS; i++) {
                viewers.add(events(live).subscribe());
            }
            awaitViewers(handler, Live.MAX_VIEWERS);
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

    @Test
    void circuitsAreThoseOfAllProcesses() {
        JsonFields circuits = api("circuits").json();
        assertThat(circuits.at("lanes").size()).isEqualTo(3);
        assertThat(circuits.at("lanes").at(0).scalar("here")).isEqualTo("false");
        assertThat(circuits.at("now").size()).isZero();
        assertThat(circuits.scalar("cut")).isEqualTo("false");
    }
}
