package io.aicore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.function.Tuple2;

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
        JsonFields ours = Json.read(health.getT2()).at("components").at("aicore");
        assertThat(ours.at("status").text()).isEqualTo("UP");
        assertThat(ours.at("details").at("circuits").index()).isEqualTo(1);
        assertThat(ours.at("details").at("open").members().entrySet())
                .singleElement()
                .satisfies(circuit -> {
                    assertThat(circuit.getKey()).startsWith("openai ").endsWith(" m");
                    assertThat(circuit.getValue().text()).startsWith("probe in ");
                });
    }

    @Test
    void takesTheApplicationOutOfServiceWhereThatIsWanted() {
        Tuple2<HttpClientResponse, String> health = afterTwoFailures("--aicore.health.out-of-service-when-open=true")
                .get("/actuator/health");

        assertThat(health.getT1().status().code()).isEqualTo(503);
        assertThat(Json.read(health.getT2()).at("status").text()).isEqualTo("OUT_OF_SERVICE");
    }

    @Test
    void isShownByTheEndpointWithTheLastFailures() {
        Application started = afterTwoFailures();
        started.get("/ask");

        String shown = started.get("/actuator/aicore").getT2();

        assertThat(shown).doesNotContain("blue");
        JsonFields calls = Json.read(shown);
        assertThat(calls.at("circuits").at(0).at("state").text()).isEqualTo("open");
        assertThat(calls.at("circuits").at(0).at("rejected").index()).isEqualTo(1);
        assertThat(calls.at("circuits").at(0).number("untilProbe"))
                .extracting(Number::doubleValue, InstanceOfAssertFactories.DOUBLE)
                .isPositive();
        assertThat(calls.at("failures").elements())
                .extracting(failure -> failure.at("category").text())
                .containsExactly("circuit_open", "server_error", "server_error");
        assertThat(calls.at("failures").at(1).at("status").index()).isEqualTo(500);
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
