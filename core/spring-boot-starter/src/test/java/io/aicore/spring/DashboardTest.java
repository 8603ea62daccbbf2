package io.aicore.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.LlmProvider;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

/** The dashboard below a path of a started application. */
class DashboardTest {

    private static final String ANSWER = "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,"
            + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"fine\"}}]}";
    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("ops:a-password".getBytes(StandardCharsets.UTF_8));
    private static final int VIEWERS = 100;

    @TempDir
    Path directory;

    private final FaultServer provider = FaultServer.start().always(Scripts.json(200, ANSWER));
    private final List<Application> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Application::close);
        provider.close();
    }

    @Test
    void servesPageAssetsAndApiBelowItsPath() {
        Application started = opened(Application.start(App.class, provider, records(), "--aicore.dashboard.path=/llm"));
        call(started);

        assertThat(started.get("/llm/").getT2()).contains("<title>AiCore observability");
        assertThat(started.get("/llm").getT1().responseHeaders().get("Location"))
                .isEqualTo("llm/");
        var script = started.get("/llm/app.js").getT1().responseHeaders();
        assertThat(script.get("Content-Type")).startsWith("text/javascript");
        assertThat(script.get("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(started.get("/llm/app.js", "If-None-Match", script.get("ETag"))
                        .getT1()
                        .status()
                        .code())
                .isEqualTo(304);
        assertThat(started.get("/llm/api/overview?range=15m").getT2()).contains("\"calls\":1");
        assertThat(started.get("/llm/api/overview?range=1y").getT1().status().code())
                .isEqualTo(400);
        assertThat(started.get("/llm/nothing.js").getT1().status().code()).isEqualTo(404);
        assertThat(started.get("/other").getT2()).isEqualTo("the application's own");
    }

    @Test
    void tellsViewersOfNewCallsAndEndsWithTheApplication() {
        Application started = opened(Application.start(App.class, provider, records(), "--aicore.dashboard.path=/llm"));

        // On a busy machine a query may time out, which is an event of its own for the viewers.
        StepVerifier.create(live(started, Application.client(1)).filter(event -> event.startsWith("event: change")))
                .expectNextCount(1)
                .then(() -> call(started))
                .expectNextCount(1)
                .then(started::close)
                .thenConsumeWhile(event -> true)
                .expectComplete()
                .verify(Application.PATIENCE);
    }

    @Test
    void forgetsAViewerWhoLeaves() {
        Application started = opened(Application.start(App.class, provider, records(), "--aicore.dashboard.path=/llm"));
        HttpClient client = Application.client(VIEWERS + 1);
        List<Sinks.Empty<Void>> seen =
                IntStream.range(0, VIEWERS).mapToObj(i -> Sinks.<Void>empty()).toList();
        List<Disposable> viewers = seen.stream()
                .map(sink -> live(started, client).subscribe(event -> sink.tryEmitEmpty()))
                .toList();
        Flux.fromIterable(seen).flatMap(Sinks.Empty::asMono).blockLast(Application.PATIENCE);
        assertThat(started.get("/llm/api/live").getT1().status().code()).isEqualTo(503);

        viewers.get(0).dispose();
        started.context().getBean(App.class).left.asMono().block(Application.PATIENCE);

        assertThat(live(started, client).blockFirst(Application.PATIENCE)).startsWith("event: ");
        viewers.forEach(Disposable::dispose);
    }

    @Test
    void isNotThereWithoutItsPath() {
        Application started = opened(Application.start(App.class, provider, records()));

        assertThat(started.get("/llm/").getT2()).isEqualTo("the application's own");
    }

    @Test
    void isGuardedByTheSecurityOfTheApplication() {
        Application started = opened(Application.startGuarded(
                GuardedApp.class,
                provider,
                records(),
                "--aicore.dashboard.path=/llm",
                "--spring.security.user.name=ops",
                "--spring.security.user.password=a-password"));

        for (String path : List.of("/llm", "/llm/", "/llm/app.js", "/llm/api/overview", "/llm/api/live")) {
            assertThat(started.get(path).getT1().status().code()).as(path).isEqualTo(401);
        }
        assertThat(started.get("/llm/api/overview", "Authorization", LOGIN).getT2())
                .contains("\"totals\"");
        assertThat(started.get("/other").getT2()).isEqualTo("the application's own");
    }

    @Test
    void asksForItsTokenWhereThereIsOne() {
        Application started = opened(Application.start(
                App.class,
                provider,
                records(),
                "--aicore.dashboard.path=/llm",
                "--aicore.dashboard.token=a-token-of-24-characters"));

        assertThat(started.get("/llm/api/names").getT1().status().code()).isEqualTo(401);
        assertThat(started.get("/llm/api/names", "Authorization", "Bearer a-token-of-24-characters")
                        .getT1()
                        .status()
                        .code())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/llm/ | aicore.dashboard.path: '/llm/' (expected: a path such as /llm, without a trailing slash)",
                "llm | aicore.dashboard.path: 'llm' (expected: a path such as /llm, without a trailing slash)",
                "/{x} | aicore.dashboard.path: '/{x}' (expected: a path such as /llm, without a trailing slash)",
            })
    void aPathThatIsNoneStopsTheStart(String path, String message) {
        assertThatThrownBy(() ->
                        opened(Application.start(App.class, provider, records(), "--aicore.dashboard.path=" + path)))
                .hasRootCauseMessage(message);
    }

    @Test
    void aPathWithoutRecordsStopsTheStart() {
        assertThatThrownBy(() -> opened(Application.start(App.class, provider, "--aicore.dashboard.path=/llm")))
                .hasRootCauseInstanceOf(SettingsException.class)
                .rootCause()
                .hasMessageStartingWith("aicore.dashboard.path: no records are configured (expected: ");
    }

    private Application opened(Application application) {
        open.add(application);
        return application;
    }

    private String records() {
        return "--aicore.records.url=" + directory.resolve("calls");
    }

    private static void call(Application started) {
        started.context().getBean(LlmProvider.class).complete("why").block(Application.PATIENCE);
        started.context().getBean(LlmOperationCollector.class).flush().block(Application.PATIENCE);
    }

    private static Flux<String> live(Application started, HttpClient client) {
        return client.get()
                .uri(started.address() + "/llm/api/live")
                .responseContent()
                .asString()
                .filter(event -> event.startsWith("event: "));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {

        final Sinks.Empty<Void> left = Sinks.empty();

        /** As an application has it that serves a page for whatever path it does not know. */
        @Bean
        RouterFunction<ServerResponse> everythingElse() {
            return RouterFunctions.route(
                    RequestPredicates.path("/**"),
                    request -> ServerResponse.ok().bodyValue("the application's own"));
        }

        @Bean
        WebFilter watch() {
            return (exchange, chain) -> chain.filter(exchange).doFinally(signal -> {
                // A request that was refused for want of room has ended too.
                if (exchange.getResponse().getStatusCode() == HttpStatus.OK) {
                    left.tryEmitEmpty();
                }
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class GuardedApp extends App {

        @Bean
        SecurityWebFilterChain loginForTheDashboard(ServerHttpSecurity http) {
            return http.authorizeExchange(paths -> paths.pathMatchers("/llm", "/llm/**")
                            .authenticated()
                            .anyExchange()
                            .permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }
}
