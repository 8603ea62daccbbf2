package io.aicore.examples.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.script.Umbrella.Advice;
import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.examples.server.Question;
import io.aicore.examples.server.Reply;
import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class UmbrellaTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static <T> T asked(Function<Question, Reply> provider, Function<Umbrella, Mono<T>> question) {
        try (DemoServer server = DemoServer.start(provider);
                LlmProvider llm = Llm.from(LlmConfig.fromEnvironment(server.environment()))) {
            return question.apply(new Umbrella(llm, city -> Mono.just("rain in " + city)))
                    .block(PATIENCE);
        }
    }

    @Test
    void theModelIsToldTheWeatherItAskedFor() {
        String answer = asked(
                question -> question.prompt().startsWith("rain")
                        ? question.answer("Yes: " + question.prompt() + ".")
                        : ChatReplies.toolCall("weather", "{\"city\":\"Ulm\"}"),
                umbrella -> umbrella.needed("Ulm"));

        assertThat(answer).isEqualTo("Yes: rain in Ulm.");
    }

    @Test
    void theAnswerIsARecord() {
        Advice advice = asked(
                question -> question.answer("{\"umbrella\":true,\"why\":\"rain\"}"),
                umbrella -> umbrella.advice("Ulm"));

        assertThat(advice).isEqualTo(new Advice(true, "rain"));
    }
}
