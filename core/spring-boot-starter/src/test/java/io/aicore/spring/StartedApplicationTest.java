package io.aicore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.codec.json.Json;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.function.Tuple2;

/** A whole application on a port of its own, before a provider that answers as it is told. */
class StartedApplicationTest {

    private static final String TOKEN =
            "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}";
    private static final String ANSWER =
            "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
                    + "\"message\":{\"role\":\"assistant\",\"content\":\"fine\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";

    private final Disposable.Composite open = Disposables.composite();
    private final FaultServer provider = FaultServer.start();

    @AfterEach
    void close() {
        open.dispose();
        provider.close();
    }

    @Test
    void threeLinesAnswer() {
        provider.always(Scripts.json(200, ANSWER));

        assertThat(start().get("/ask").getT2()).isEqualTo("fine");
        assertThat(provider.call(1).path()).isEqualTo("/v1/chat/completions");
    }

    @Test
    void theProvidersStreamStopsWhenTheClientLeaves() {
        provider.always(Scripts.eventsThenSilence(TOKEN, TOKEN));

        List<String> seen = HttpClient.create()
                .get()
                .uri(start().address() + "/stream")
                .responseContent()
                .asString()
                .take(1)
                .collectList()
                .block(Application.PATIENCE);

        assertThat(seen).singleElement().asString().contains("one");
        provider.awaitClientClosed(1);
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    void aFailedCallIsAProblemWithoutTheProvidersWords() {
        provider.always(
                Scripts.json(401, "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"key of project blue\"}}"));

        Tuple2<HttpClientResponse, String> answer = start().get("/ask");

        assertThat(answer.getT1().status().code()).isEqualTo(502);
        assertThat(answer.getT1().responseHeaders().get("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.getT2()).contains("\"category\":\"authentication\"").doesNotContain("blue");
    }

    @Test
    void aRateLimitSaysWhenToAskAgain() {
        provider.always(Scripts.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", "retry-after: 7"));

        Tuple2<HttpClientResponse, String> answer =
                start("--aicore.retry_settings.max_attempts=0").get("/ask");

        assertThat(answer.getT1().status().code()).isEqualTo(503);
        assertThat(answer.getT1().responseHeaders().get("Retry-After")).isEqualTo("7");
    }

    @Test
    void theActuatorShowsFailuresAndStaysUp() {
        provider.always(
                Scripts.json(401, "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"key of project blue\"}}"));
        Application started = start(
                "--management.endpoints.web.exposure.include=aicore,health,metrics",
                "--management.endpoint.health.show-details=always");
        started.get("/ask");

        assertThat(started.get("/actuator/aicore").getT2())
                .contains("\"category\":\"authentication\"", "\"state\":\"closed\"")
                .doesNotContain("blue");
        assertThat(started.get("/actuator/health").getT2()).contains("\"aicore\":{\"details\":{\"circuits\":1");
        assertThat(started.get("/actuator/metrics").getT2())
                .contains("gen_ai.client.operation.duration")
                .doesNotContain(
                        "\"gen_ai.client.operation\"", "\"gen_ai.client.operation.active\"", "aicore.client.attempt");
    }

    @Test
    void theUnitOverOtlpIsAPropertyOfBoot() throws Exception {
        List<String> known = new ArrayList<>();
        for (URL metadata : Collections.list(
                getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = metadata.openStream()) {
                Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .at("properties")
                        .elements()
                        .forEach(property -> known.add(property.at("name").text()));
            }
        }

        assertThat(known).contains(SecondsOverOtlp.UNIT);
    }

    @Test
    void timesGoOutInSecondsUnlessTheApplicationSaysOtherwise() {
        assertThat(start().context().getEnvironment().getProperty(SecondsOverOtlp.UNIT))
                .isEqualTo("seconds");
        assertThat(start("--" + SecondsOverOtlp.UNIT + "=milliseconds")
                        .context()
                        .getEnvironment()
                        .getProperty(SecondsOverOtlp.UNIT))
                .isEqualTo("milliseconds");
    }

    private Application start(String... properties) {
        Application started = Application.start(App.class, provider, properties);
        open.add(started::close);
        return started;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {

        @Bean
        RouterFunction<ServerResponse> routes(LlmProvider llm) {
            return RouterFunctions.route()
                    .GET(
                            "/ask",
                            request -> llm.complete("why")
                                    .map(Completion::text)
                                    .flatMap(text -> ServerResponse.ok().bodyValue(text)))
                    .GET(
                            "/stream",
                            request -> ServerResponse.ok()
                                    .contentType(MediaType.TEXT_EVENT_STREAM)
                                    .body(llm.stream("why").map(CompletionChunk::text), String.class))
                    .build();
        }
    }
}
