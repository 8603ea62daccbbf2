package io.aicore.examples.webflux;

import io.aicore.examples.server.DemoServer;
import io.aicore.examples.server.Environment;
import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** A page at {@code http://localhost:8080} that asks. Without a provider in the environment, one on loopback answers. */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {

    private static final String ANSWER =
            "An answer comes token by token. Leave the page, and the provider hears of it: its stream is closed,"
                    + " and nobody pays for tokens that nobody reads.";

    public static void main(String... args) {
        Map<String, String> environment = System.getenv();
        if (Environment.namesProvider(environment)) {
            start(environment, args);
        } else {
            DemoServer server =
                    DemoServer.start(question -> question.answer(ANSWER).pace(Duration.ofMillis(200)));
            start(server.environment(), args);
        }
    }

    /** The application, with the provider these variables lead to. */
    static ConfigurableApplicationContext start(Map<String, String> variables, String... args) {
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(context ->
                context.getBeanFactory().registerSingleton("llmConfig", LlmConfig.fromEnvironment(variables)));
        return application.run(args);
    }

    @Bean(destroyMethod = "dispose")
    LlmProvider llm(LlmConfig config) {
        return Llm.from(config);
    }
}
