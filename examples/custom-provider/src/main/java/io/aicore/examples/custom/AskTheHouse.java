package io.aicore.examples.custom;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Asks the provider by its name: the one at {@code LLM_BASE_URL}, or one in this process that is busy at first. */
public final class AskTheHouse {

    private AskTheHouse() {}

    public static void main(String... args) throws IOException {
        Map<String, String> environment = System.getenv();
        if (environment.containsKey("LLM_BASE_URL")) {
            System.out.println(ask(environment.get("LLM_BASE_URL"), "Who is at home?"));
            return;
        }
        try (House house = House.that(House.refuses(429, 1), House.refuses(504, 0), House.answers("Everybody."))) {
            System.out.println(ask(house.address(), "Who is at home?"));
        }
    }

    static String ask(String address, String question) {
        LlmConfig config = LlmConfig.builder()
                .provider("house")
                .model("cellar-1")
                .baseUrl(address)
                .retrySettings(settings -> settings.maxRetries(1).initialDelay(Duration.ofMillis(100)))
                .build();
        LlmProvider house = Llm.from(config);
        try {
            return house.complete(question)
                    .map(Completion::text)
                    .blockOptional()
                    .orElseThrow();
        } finally {
            house.dispose();
        }
    }
}
