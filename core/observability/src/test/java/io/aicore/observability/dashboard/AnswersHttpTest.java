package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.observability.LlmOperation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The page and its figures agree with the records. */
class AnswersHttpTest extends HttpSituation {

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
    void aDatabaseThatIsAwayIsSaidSo() {
        // A port of loopback on which nobody listens.
        DisposableServer closed = HttpServer.create().host("127.0.0.1").bindNow();
        closed.disposeNow();
        try (Situation away = Situation.at("r2dbc:postgresql://me:secret-word@127.0.0.1:" + closed.port() + "/db")) {
            Answer answer = get(away.page("api/overview"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().at("error").text()).isEqualTo("database: it does not respond");
            assertThat(answer.body()).doesNotContain("secret-word", "127.0.0.1");
            assertThat(events(away.page("api/live")).blockFirst(Situation.PATIENCE))
                    .contains("event: away");
        }
    }

    @Test
    void nothingHoldsCallsBackInAProgramWithoutCalls() {
        JsonFields admission = api("admission").json();
        assertThat(admission.at("providers").size()).isZero();
        assertThat(admission.at("lanes").size()).isZero();
    }

    @Test
    void circuitsAreThoseOfAllProcesses() {
        JsonFields circuits = api("circuits").json();
        assertThat(circuits.at("lanes").size()).isEqualTo(3);
        assertThat(circuits.at("lanes").at(0).scalar("here")).isEqualTo("false");
        assertThat(circuits.at("now").size()).isZero();
        assertThat(circuits.scalar("cut")).isEqualTo("false");
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
}
