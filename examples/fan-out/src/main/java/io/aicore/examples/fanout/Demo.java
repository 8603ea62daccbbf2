package io.aicore.examples.fanout;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.examples.server.Question;
import io.aicore.examples.server.Reply;
import io.aicore.llm.LlmConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Two providers for those who have no key: the first one fails in different ways, the second one answers. */
final class Demo {

    static final List<String> QUESTIONS = Stream.of(
                    "Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune")
            .map(planet -> "How many moons has " + planet + "?")
            .toList();

    private static final Map<String, String> MOONS = Map.of(
            "Mercury", "None.", "Venus", "None.", "Earth", "One.", "Mars", "Two.", "Uranus", "28.", "Neptune", "16.");

    private Demo() {}

    static void run(BiConsumer<LlmConfig, LlmConfig> print) {
        Set<String> overloaded = ConcurrentHashMap.newKeySet();
        Sinks.Empty<Void> answered = Sinks.empty();
        try (DemoServer first = DemoServer.startWaiting(question -> reply(question, overloaded, answered));
                DemoServer second = DemoServer.start(Demo::answer)) {
            print.accept(
                    LlmConfig.fromEnvironment(first.environment()), LlmConfig.fromEnvironment(second.environment()));
        }
    }

    private static Mono<Reply> reply(Question question, Set<String> overloaded, Sinks.Empty<Void> answered) {
        return switch (planet(question)) {
            case "Mars" ->
                overloaded.add("Mars")
                        ? Mono.just(ChatReplies.error(503, "server_is_overloaded"))
                        : last(question, answered);
            case "Jupiter" -> limited(answered);
            case "Uranus", "Neptune" -> Mono.just(ChatReplies.error(429, "insufficient_quota"));
            default -> Mono.just(answer(question));
        };
    }

    private static Mono<Reply> last(Question question, Sinks.Empty<Void> answered) {
        return Mono.fromSupplier(() -> answer(question)).doOnSuccess(reply -> answered.tryEmitEmpty());
    }

    /** Comes after all answers: from then on no call of this key is sent for ten minutes. */
    private static Mono<Reply> limited(Sinks.Empty<Void> answered) {
        return answered.asMono()
                .then(Mono.fromSupplier(
                        () -> ChatReplies.error(429, "rate_limit_exceeded").header("retry-after", "600")));
    }

    private static Reply answer(Question question) {
        return question.answer(MOONS.getOrDefault(planet(question), "Very many."));
    }

    private static String planet(Question question) {
        String prompt = question.prompt();
        return prompt.substring(prompt.lastIndexOf(' ') + 1, prompt.length() - 1);
    }
}
