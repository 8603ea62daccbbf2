package io.aicore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.function.Tuple2;

/** What the application's client gets for what the provider answered. */
class FailureStatusTest {

    private static final String[] ONCE = {
        "--aicore.retry_settings.max_retries=0", "--aicore.circuit_settings.enabled=false"
    };

    private static FaultServer provider;
    private static FaultServer silent;
    private static Application started;
    private static Application impatient;

    @BeforeAll
    static void start() {
        provider = FaultServer.start();
        silent = FaultServer.start().always(Scripts.silence());
        started = Application.start(StartedApplicationTest.App.class, provider, ONCE);
        impatient = Application.start(
                StartedApplicationTest.App.class, silent, ONCE[0], ONCE[1], "--aicore.attempt_timeout=0.05");
    }

    /** All at the end: Spring ends the threads of all servers when one application is closed. */
    @AfterAll
    static void stop() {
        impatient.close();
        started.close();
        silent.close();
        provider.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | invalid_api_key | 502 | authentication |",
                "403 | permission_denied | 502 | permission |",
                "402 | insufficient_balance | 502 | billing |",
                "404 | model_not_found | 502 | not_found |",
                "429 | rate_limit_exceeded | 503 | rate_limited | 7",
                "500 | server_error | 502 | server_error |",
                "400 | context_length_exceeded | 422 | context_length |",
                "400 | content_filter | 422 | content_filtered |",
                "400 | invalid_value | 502 | invalid_request |",
            })
    void ofEachKind(int status, String code, int answered, String category, String retryAfter) {
        provider.then(Scripts.json(
                status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"project blue\"}}", "retry-after: 7"));

        Tuple2<HttpClientResponse, String> answer = started.get("/ask");

        assertThat(answer.getT1().status().code()).isEqualTo(answered);
        assertThat(answer.getT1().responseHeaders().get("Retry-After")).isEqualTo(retryAfter);
        assertThat(answer.getT1().responseHeaders().get("Content-Type")).isEqualTo("application/problem+json");
        JsonFields problem = Json.read(answer.getT2());
        assertThat(problem.at("status").index()).isEqualTo(answered);
        assertThat(problem.at("category").text()).isEqualTo(category);
        assertThat(answer.getT2()).doesNotContain("blue");
    }

    @Test
    void ofATimeout() {
        Tuple2<HttpClientResponse, String> answer = impatient.get("/ask");

        assertThat(answer.getT1().status().code()).isEqualTo(504);
        assertThat(answer.getT2()).contains("\"category\":\"timeout\"");
    }
}
