package io.aicore.examples.webflux;

import io.aicore.examples.server.DemoServer;
import io.aicore.examples.server.Environment;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A page at {@code http://localhost:8080} that asks. Without a provider in the environment, one on loopback answers. */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {

    private static final String ANSWER =
            "An answer comes token by token. Leave the page, and the provider hears of it: its stream is closed,"
                    + " and nobody pays for tokens that nobody reads.";

    public static void main(String... args) {
        if (Environment.namesProvider(System.getenv())) {
            SpringApplication.run(Application.class, args);
        } else {
            startBefore(DemoServer.start(question -> question.answer(ANSWER).pace(Duration.ofMillis(200))), args);
        }
    }

    /** The application with this server as its provider. */
    static ConfigurableApplicationContext startBefore(DemoServer server, String... args) {
        Stream<String> provider = Stream.of(
                "--aicore.provider=openai",
                "--aicore.api_key=demo",
                "--aicore.model=" + DemoServer.MODEL,
                "--aicore.base_url=" + server.baseUrl());
        return SpringApplication.run(
                Application.class, Stream.concat(provider, Stream.of(args)).toArray(String[]::new));
    }
}
