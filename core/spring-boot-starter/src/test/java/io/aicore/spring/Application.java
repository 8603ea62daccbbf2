package io.aicore.spring;

import io.aicore.testserver.FaultServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.util.function.Tuple2;

/** A whole application on a port of its own, before a provider that answers as it is told. */
record Application(ConfigurableApplicationContext context, String address) implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(3);
    // Spring ends the threads and connections that Reactor Netty shares, when an application is closed.
    private static final LoopResources CLIENT_THREADS = LoopResources.create("client-of-the-test", 1, true);

    private static final String SECURITY = "org.springframework.boot.security.autoconfigure.";
    private static final String NO_SECURITY = "--spring.autoconfigure.exclude=" + SECURITY
            + "web.reactive.ReactiveWebSecurityAutoConfiguration," + SECURITY
            + "actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration";

    /** With these properties, and without Spring Security. */
    static Application start(Class<?> application, FaultServer provider, String... properties) {
        return startGuarded(
                application,
                provider,
                Stream.concat(Stream.of(NO_SECURITY), Stream.of(properties)).toArray(String[]::new));
    }

    /** The same with Spring Security. */
    static Application startGuarded(Class<?> application, FaultServer provider, String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--aicore.provider=openai",
                "--aicore.api_key=key-of-a-test",
                "--aicore.model=m",
                "--aicore.base_url=" + provider.url("/v1")));
        all.addAll(List.of(properties));
        ConfigurableApplicationContext context = new SpringApplication(application).run(all.toArray(String[]::new));
        return new Application(
                context, "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** A client that outlives the application, with so many connections. */
    static HttpClient client(int connections) {
        return HttpClient.create(ConnectionProvider.create("client-of-the-test", connections))
                .runOn(CLIENT_THREADS);
    }

    Tuple2<HttpClientResponse, String> get(String path, String... headers) {
        return client(1)
                .headers(set -> {
                    for (int i = 0; i < headers.length; i += 2) {
                        set.set(headers[i], headers[i + 1]);
                    }
                })
                .get()
                .uri(address + path)
                .responseSingle((response, body) ->
                        Mono.just(response).zipWith(body.asString().defaultIfEmpty("")))
                .block(PATIENCE);
    }

    @Override
    public void close() {
        context.close();
    }
}
