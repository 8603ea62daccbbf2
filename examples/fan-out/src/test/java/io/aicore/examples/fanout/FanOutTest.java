package io.aicore.examples.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.examples.server.Question;
import io.aicore.examples.server.Reply;
import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;

class FanOutTest {

    private final Disposable.Composite open = Disposables.composite();

    @AfterEach
    void close() {
        open.dispose();
    }

    @Test
    void answersInTheOrderOfTheQuestionsEightAtOnce() {
        DemoServer first = server(question -> question.answer("yes").after(Duration.ofMillis(20)));
        List<String> prompts = IntStream.range(0, 40).mapToObj(i -> "q" + i).toList();

        List<String> answers = fanOut(first, server(FanOutTest::unused))
                .answers(prompts)
                .collectList()
                .block();

        assertThat(answers)
                .containsExactlyElementsOf(
                        prompts.stream().map(each -> each + " yes").toList());
        assertThat(first.mostAtOnce()).isBetween(2, 8);
    }

    @Test
    void asksTheSecondProviderWhereTheFirstHasNoQuotaLeft() {
        DemoServer first = server(question -> ChatReplies.error(429, "insufficient_quota"));

        assertThat(answer(first, server(question -> question.answer("from the second"))))
                .isEqualTo("q from the second");
        assertThat(first.requests()).isEqualTo(1);
    }

    @Test
    void asksTheSecondProviderWhileTheCircuitOfTheFirstIsOpen() {
        DemoServer first = server(question -> ChatReplies.error(503, "server_is_overloaded"));
        LlmProvider broken = provider(
                first,
                config -> config.toBuilder()
                        .retrySettings(settings -> settings.maxRetries(0))
                        .circuitSettings(settings -> settings.minimumCalls(1).openTime(Duration.ofMinutes(1)))
                        .build());
        broken.complete("opens the circuit").onErrorComplete().block();

        LlmProvider second = provider(server(question -> question.answer("from the second")), UnaryOperator.identity());

        assertThat(new FanOut(broken, second).answers(List.of("q")).blockLast()).isEqualTo("q from the second");
        assertThat(first.requests()).isEqualTo(1);
    }

    @Test
    void turnsALongRateLimitIntoAnAnswer() {
        DemoServer first =
                server(question -> ChatReplies.error(429, "rate_limit_exceeded").header("retry-after", "600"));

        assertThat(answer(first, server(FanOutTest::unused))).isEqualTo("q Ask again in PT10M");
    }

    @Test
    void theDemoRuns() {
        List<String> lines = new ArrayList<>();

        Demo.run((first, second) -> FanOut.print(first, second, lines::add));

        assertThat(lines)
                .hasSize(8)
                .contains("How many moons has Mars? Two.", "How many moons has Neptune? 16.")
                .anyMatch(line -> line.startsWith("How many moons has Jupiter? Ask again in"));
    }

    private String answer(DemoServer first, DemoServer second) {
        return fanOut(first, second).answers(List.of("q")).blockLast();
    }

    private FanOut fanOut(DemoServer first, DemoServer second) {
        return new FanOut(provider(first, UnaryOperator.identity()), provider(second, UnaryOperator.identity()));
    }

    private LlmProvider provider(DemoServer server, UnaryOperator<LlmConfig> change) {
        LlmProvider provider = Llm.from(change.apply(LlmConfig.fromEnvironment(server.environment())));
        open.add(provider);
        return provider;
    }

    private DemoServer server(Function<Question, Reply> script) {
        DemoServer server = DemoServer.start(script);
        open.add(server::close);
        return server;
    }

    private static Reply unused(Question question) {
        throw new AssertionError("nobody should have asked: " + question);
    }
}
