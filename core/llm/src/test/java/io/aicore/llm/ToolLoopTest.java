package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.tools.ToolLoop;
import io.aicore.llm.tools.ToolLoopResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The rounds of the tool loop, and what each request has in it. */
class ToolLoopTest extends ToolLoopBench {

    @Test
    void goesOnUntilTheModelAnswersWithoutTools() {
        asks("echo", "{\"n\":1}");
        asks("echo", "{\"n\":2}");
        provider.answers("done");

        ToolLoopResult result = success(echoing().run("go"));

        assertThat(result.completion().text()).isEqualTo("done");
        assertThat(result.rounds()).hasSize(3);
        assertThat(result.rounds())
                .allSatisfy(round -> assertThat(
                                Objects.requireNonNull(round.provenance()).attempts())
                        .isEqualTo(1));
        assertThat(result.usage()).isEqualTo(Usage.of(20, 2));
        assertThat(Objects.requireNonNull(result.provenance()).attempts()).isEqualTo(3);
        assertThat(result.messages())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.ASSISTANT, Role.TOOL, Role.ASSISTANT);
        assertThat(toolMessages(2)).containsExactly("echo {\"n\":1}", "echo {\"n\":2}");
        assertThat(result.toString())
                .contains("3 rounds, 6 messages, 0 tool failures")
                .doesNotContain("echo");
    }

    @Test
    void theModelsTurnGoesBackWithAllItsFields() {
        asks("echo", "{}");
        provider.answers("done");

        success(echoing().run("go"));

        Message turn = provider.requests.get(1).messages().get(1);
        assertThat(turn.extra()).containsEntry("signature", "s");
        assertThat(turn.toolCalls()).containsExactly(new ToolCall("c0", "echo", "{}"));
        assertThat(provider.requests.get(1).messages().get(2).toolCallId()).isEqualTo("c0");
        assertThat(provider.requests.get(1).tools().tools()).containsExactly(ECHO);
    }

    @Test
    void theRequestStaysAsItIsButForMessagesAndTools() {
        asks("echo", "{}");
        provider.answers("done");
        CompletionRequest request = CompletionRequest.builder()
                .system("brief")
                .user("go")
                .temperature(0.5)
                .metadata("session", "7")
                .extra("k", 1)
                .parallelToolCalls(true)
                .build();

        success(echoing().run(request));

        CompletionRequest second = provider.requests.get(1);
        assertThat(second.sampling().temperature()).isEqualTo(0.5);
        assertThat(second.metadata()).containsEntry("session", "7");
        assertThat(second.extra()).containsEntry("k", 1);
        assertThat(second.tools().parallel()).isTrue();
        assertThat(second.messages().get(0).role()).isEqualTo(Role.SYSTEM);
    }

    @Test
    void toolsRunSideBySideWithinTheBoundAndAnswerInTheOrderOfTheCalls() {
        asks("wait", "{\"s\":3}", "{\"s\":1}", "{\"s\":2}");
        provider.answers("done");
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ToolLoop loop = loop().concurrency(2).tool(Tool.of("wait", "", Map.of()), call -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            int seconds = call.arguments().charAt(5) - '0';
            return Mono.delay(Duration.ofSeconds(seconds), time)
                    .map(tick -> "after " + seconds)
                    .doOnTerminate(running::decrementAndGet);
        });

        StepVerifier.withVirtualTime(() -> loop.run("go"), () -> provider.time, Long.MAX_VALUE)
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(3))
                .expectNextCount(1)
                .verifyComplete();

        assertThat(most.get()).isEqualTo(2);
        assertThat(toolMessages(1)).containsExactly("after 3", "after 1", "after 2");
    }

    record Place(String city, int days) {}

    @Test
    void argumentsComeAsARecord() {
        asks("weather", "{\"city\":\"Ulm\",\"days\":2}");
        provider.answers("done");

        success(loop().tool("weather", "The weather", Place.class, place -> Mono.just(place.city() + place.days()))
                .run("go"));

        assertThat(toolMessages(1)).containsExactly("Ulm2");
        Tool tool = provider.requests.get(0).tools().tools().get(0);
        assertThat(tool.description()).isEqualTo("The weather");
        assertThat(tool.parameters()).containsEntry("required", List.of("city", "days"));
    }

    @Test
    void noArgumentsAreAnEmptyObject() {
        asks("echo", "");
        provider.answers("done");

        success(echoing().run("go"));

        assertThat(toolMessages(1)).containsExactly("echo {}");
    }

    @Test
    void namesAndArgumentsAsModelsWriteThemRun() {
        asks("functions.echo<|channel|>commentary", "null", "\"{\\\"n\\\":1}\"", "{\"n\":1}{\"n\":2}");
        asks("made.up", "{}");
        provider.answers("done");

        success(echoing().run("go"));

        assertThat(toolMessages(2))
                .containsExactly(
                        "echo {}",
                        "echo {\"n\":1}",
                        "The arguments are no JSON object.",
                        "There is no such tool. There are: [echo]");
        // As the next request has them, which providers would refuse otherwise.
        assertThat(provider.requests.get(2).messages())
                .flatExtracting(Message::toolCalls)
                .extracting(call -> call.name() + call.arguments())
                .containsExactly("echo{}", "echo{\"n\":1}", "echo{}", "made_up{}");
    }

    @Test
    void eachCallOfTheConversationHasAnIdOfItsOwn() {
        asks("echo", "{}");
        asks("echo", "{}");
        provider.answers("done");

        ToolLoopResult result = success(echoing().run("go"));

        assertThat(result.messages())
                .filteredOn(message -> message.role() == Role.TOOL)
                .extracting(Message::toolCallId)
                .containsExactly("c0", "c0_2");
        assertThat(result.messages())
                .flatExtracting(Message::toolCalls)
                .extracting(ToolCall::id)
                .containsExactly("c0", "c0_2");
    }

    @Test
    void aPausedTurnGoesOn() {
        provider.then(Flux.just(
                CompletionChunk.text("searching"), CompletionChunk.of(ChunkInfo.of(FinishReason.PAUSE, "pause_turn"))));
        provider.answers("done");

        ToolLoopResult result = success(loop().run("go"));

        assertThat(result.rounds()).hasSize(2);
        assertThat(provider.requests.get(1).messages().get(1).text()).isEqualTo("searching");
    }

    @Test
    void aChoiceThatForcesCallsHoldsForTheFirstRound() {
        asks("echo", "{}");
        provider.answers("done").answers("done");
        ToolLoop loop = echoing();

        success(loop.run(CompletionRequest.builder()
                .user("go")
                .toolChoice(ToolChoice.required())
                .build()));
        success(loop.run(CompletionRequest.builder()
                .user("go")
                .toolChoice(ToolChoice.none())
                .build()));

        assertThat(provider.requests)
                .extracting(request -> request.tools().choice())
                .containsExactly(ToolChoice.required(), null, ToolChoice.none());
    }

    @Test
    void eachSubscriptionIsALoopOfItsOwn() {
        ToolLoop loop = echoing().maxRounds(2);
        Mono<ToolLoopResult> run = loop.run("go");
        for (int i = 0; i < 2; i++) {
            asks("echo", "{}");
            provider.answers("done");
            assertThat(success(run).messages()).hasSize(4);
        }
    }

    @Test
    void theUsersContextReachesTheTools() {
        asks("echo", "{}");
        provider.answers("done");

        success(loop().tool(ECHO, call -> Mono.deferContextual(context -> Mono.just(context.<String>get("user"))))
                .run("go")
                .contextWrite(context -> context.put("user", "ann")));

        assertThat(toolMessages(1)).containsExactly("ann");
    }

    @Test
    void wrongSettingsFailWhereTheyAreGiven() {
        ToolLoop loop = echoing();
        CompletionRequest withOther = CompletionRequest.builder()
                .user("go")
                .tools(ECHO, Tool.of("other", "", Map.of()))
                .build();

        Map.<ThrowingCallable, String>of(
                        () -> loop.maxRounds(0), "maxRounds: 0 (expected: >= 1)",
                        () -> loop.concurrency(0), "concurrency: 0 (expected: >= 1)",
                        () -> loop.deadline(Duration.ZERO), "deadline: PT0S (expected: more than 0, at most 365 days)",
                        () -> loop.tool(ECHO, ToolLoopBench::echo), "tool echo: defined twice (expected: unique names)",
                        () -> loop.run(withOther),
                                "tools: [other] (expected: tools with a function, given to the loop by tool(…))")
                .forEach((wrong, message) ->
                        assertThatIllegalArgumentException().isThrownBy(wrong).withMessage(message));
    }
}
