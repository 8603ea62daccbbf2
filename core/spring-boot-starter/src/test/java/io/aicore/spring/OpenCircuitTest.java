package io.aicore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.json.Json;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.function.Tuple2;
import tools.jackson.databind.JsonNode;

/** What a started application says while its provider is down. */
class OpenCircuitTest {

    private static final int OPEN_SECONDS = 3_600;

    private final FaultServer provider =
            FaultServer.start().always(Scripts.json(500, "{\"error\":{\"message\":\"project blue is down\"}}"));
    private final List<Application> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Application::close);
        provider.close();
    }

    @Test
    void isADetailOfAnApplicationThatIsUp() {
        Tuple2<HttpClientResponse, String> health = afterTwoFailures().get("/actuator/health");

        assertThat(health.getT1().status().code()).isEqualTo(200);
        JsonNode ours = Json.read(health.getT2()).path("components").path("aicore");
        assertThat(ours.path("status").asString()).isEqualTo("UP");
        assertThat(ours.path("details").path("circuits").asInt()).isEqualTo(1);
        assertThat(ours.path("details").path("open").properties())
                .singleElement()
                .satisfies(circuit -> {
                    assertThat(circuit.getKey()).startsWith("openai ").endsWith(" m");
                    assertThat(circuit.getValue().asString()).startsWith("probe in ");
                });
    }

    @Test
    void takesTheApplicationOutOfServiceWhereThatIsWanted() {
        Tuple2<HttpClientResponse, String> health = afterTwoFailures("--aicore.health.out-of-service-when-open=true")
                .get("/actuator/health");

        assertThat(health.getT1().status().code()).isEqualTo(503);
        assertThat(Json.read(health.getT2()).path("status").asString()).isEqualTo("OUT_OF_SERVICE");
    }

    @Test
    void isShownByTheEndpointWithTheLastFailures() {
        Application started = afterTwoFailures();
        started.get("/ask");

        String shown = started.get("/actuator/aicore").getT2();

        assertThat(shown).doesNotContain("blue");
        JsonNode calls = Json.read(shown);
        assertThat(calls.path("circuits").path(0).path("state").asString()).isEqualTo("open");
        assertThat(calls.path("circuits").path(0).path("rejected").asInt()).isEqualTo(1);
        assertThat(calls.path("circuits").path(0).path("untilProbe").asDouble()).isPositive();
        assertThat(calls.path("failures"))
                .extracting(failure -> failure.path("category").asString())
                .containsExactly("circuit_open", "server_error", "server_error");
        assertThat(calls.path("failures").path(1).path("status").asInt()).isEqualTo(500);
    }

    @Test
    void answersUnavailableUntilAProbeMayPass() {
        Tuple2<HttpClientResponse, String> answer = afterTwoFailures().get("/ask");

        assertThat(answer.getT1().status().code()).isEqualTo(503);
        assertThat(answer.getT2()).contains("\"category\":\"circuit_open\"");
        assertThat(Integer.parseInt(answer.getT1().responseHeaders().get("Retry-After")))
                .as("the open time, which is spread")
                .isBetween(OPEN_SECONDS / 2, 2 * OPEN_SECONDS);
        assertThat(provider.calls()).isEqualTo(2);
    }

    private Application afterTwoFailures(String... properties) {
        Application started = Application.start(
                StartedApplicationTest.App.class,
                provider,
                Stream.concat(
                                Stream.of(
                                        "--aicore.retry_settings.max_retries=0",
                                        "--aicore.circuit_settings.minimum_calls=2",
                                        "--aicore.circuit_settings.window=" + OPEN_SECONDS,
                                        "--aicore.circuit_settings.open_time=" + OPEN_SECONDS,
                                        "--aicore.circuit_settings.max_open_time=" + OPEN_SECONDS,
                                        "--management.endpoints.web.exposure.include=aicore,health",
                                        "--management.endpoint.health.show-details=always"),
                                Stream.of(properties))
                        .toArray(String[]::new));
        open.add(started);
        started.get("/ask");
        started.get("/ask");
        return started;
    }
}
