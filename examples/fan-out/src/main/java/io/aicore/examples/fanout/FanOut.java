package io.aicore.examples.fanout;

import io.aicore.examples.server.Environment;
import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.CircuitOpenException;
import io.aicore.llm.error.QuotaExhaustedException;
import io.aicore.llm.error.RateLimitedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks many questions, eight at once, and gives the answers in the order of the questions. Where the first provider has
 * no quota left or its circuit is open, the second one is asked; where the rate is limited for longer than we care to
 * wait, that is the answer.
 */
public final class FanOut {

    private static final int AT_ONCE = 8;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final LlmProvider first;
    private final LlmProvider second;

    FanOut(LlmProvider first, LlmProvider second) {
        this.first = first;
        this.second = second;
    }

    // README: fan-out
    Flux<String> answers(List<String> prompts) {
        return Flux.fromIterable(prompts).flatMapSequential(this::answer, AT_ONCE);
    }

    private Mono<String> answer(String prompt) {
        CompletionRequest request =
                CompletionRequest.builder().user(prompt).deadline(DEADLINE).build();
        return first.complete(request)
                .onErrorResume(FanOut::isOutOfService, failure -> second.complete(request))
                .map(completion -> prompt + " " + completion.text())
                .onErrorResume(
                        RateLimitedException.class,
                        failure -> Mono.just(prompt + " Ask again in " + failure.retryAfter()));
    }

    private static boolean isOutOfService(Throwable failure) {
        return failure instanceof QuotaExhaustedException || failure instanceof CircuitOpenException;
    }
    // README end

    public static void main(String... args) {
        Map<String, String> environment = System.getenv();
        if (Environment.namesProvider(environment)) {
            LlmConfig local =
                    LlmConfig.builder().provider("ollama").model("llama3.2").build();
            print(LlmConfig.fromEnvironment(environment), local, System.out::println);
        } else {
            Demo.run((first, second) -> print(first, second, System.out::println));
        }
    }

    static void print(LlmConfig first, LlmConfig second, Consumer<String> out) {
        LlmProvider one = Llm.from(first);
        LlmProvider other = Llm.from(second);
        new FanOut(one, other)
                .answers(Demo.QUESTIONS)
                .doOnNext(out)
                .doFinally(end -> one.dispose())
                .doFinally(end -> other.dispose())
                .blockLast();
    }
}
