package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.RequestOptions;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.AuthenticationException;
import io.aicore.llm.error.DeadlineExceededException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.llm.error.ToolRoundsExceededException;
import io.aicore.llm.tools.ToolLoop;
import io.aicore.llm.tools.ToolLoopEvent;
import io.aicore.llm.tools.ToolLoopResult;
import io.aicore.retry.Jitter;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;

/** The tool loop, on virtual time. */
class ToolLoopTest {

    record Place(String city, int days) {}

    private static final Tool ECHO = Tool.of("echo", "says it again", Map.of("type", "object"));
    private static final RetrySettings EXACT = RetrySettings.defaults().jitter(Jitter.none());

    private final ScriptedProvider provider = ScriptedProvider.create(config -> config.retrySettings(EXACT));
    private final Scheduler time = provider.time;

    private static Mono<String> echo(ToolCall call) {
        return Mono.just("echo " + call.arguments());
    }

    private ToolLoop loop() {
        return ToolLoop.of(provider).scheduler(time);
    }

    /** An answer that asks for these calls of one tool, with ids c0, c1, … */
    private ScriptedProvider asks(String tool, String... arguments) {
        List<ToolCallDelta> calls = new ArrayList<>();
        for (String one : arguments) {
            calls.add(new ToolCallDelta(calls.size(), "c" + calls.size(), tool, one));
        }
        return provider.then(Flux.just(
                new CompletionChunk("", "", "", calls, null, Map.of("signature", "s")),
                CompletionChunk.of(ChunkInfo.of(FinishReason.TOOL_CALLS, "tool_calls")),
                CompletionChunk.of(ChunkInfo.of(Usage.of(10, 1)))));
    }

    private ToolLoopResult success(Mono<ToolLoopResult> run) {
        AtomicReference<ToolLoopResult> result = new AtomicReference<>();
        StepVerifier.create(run)
                .then(() -> provider.time.advanceTimeBy(Duration.ofMinutes(1)))
                .consumeNextWith(result::set)
                .verifyComplete();
        return Objects.requireNonNull(result.get());
    }

    private Throwable failure(Mono<ToolLoopResult> run) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        StepVerifier.create(run)
                .then(() -> provider.time.advanceTimeBy(Duration.ofMinutes(30)))
                .consumeErrorWith(failure::set)
                .verify();
        return Objects.requireNonNull(failure.get());
    }

    private List<String> toolMessages(int request) {
        return provider.requests.get(request).messages().stream()
                .filter(message -> message.role() == Role.TOOL)
                .map(Message::text)
                .toList();
    }

    @Test
    void goesOnUntilTheModelAnswersWithoutTools() {
        asks("echo", "{\"n\":1}");
        asks("echo", "{\"n\":2}");
        provider.answers("done");

        ToolLoopResult result = success(loop().tool(ECHO, ToolLoopTest::echo).run("go"));

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

        success(loop().tool(ECHO, ToolLoopTest::echo).run("go"));

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

        success(loop().tool(ECHO, ToolLoopTest::echo).run(request));

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
    void theModelIsToldOfWhatCannotBeRun() {
        asks("weather", "{\"city\":\"Ulm\"}", "{\"city\":", "[1]");
        asks("made_up", "{}");
        provider.answers("done");

        ToolLoopResult result = success(loop().tool("weather", "", Place.class, place -> Mono.just("never"))
                .run("go"));

        assertThat(toolMessages(2))
                .containsExactly(
                        "The arguments do not fit the schema:\n- $.days: (expected: a value, and it is missing)",
                        "The arguments are no JSON object.",
                        "The arguments are no JSON object.",
                        "There is no such tool. There are: [weather]");
        assertThat(result.messages())
                .filteredOn(message -> message.role() == Role.TOOL)
                .allSatisfy(message -> assertThat(message.extra()).containsEntry("is_error", true));
        // Most hosts refuse arguments back that are no JSON object.
        assertThat(provider.requests.get(1).messages().get(1).toolCalls())
                .extracting(ToolCall::arguments)
                .containsExactly("{\"city\":\"Ulm\"}", "{}", "{}");
    }

    @Test
    void noArgumentsAreAnEmptyObject() {
        asks("echo", "");
        provider.answers("done");

        success(loop().tool(ECHO, ToolLoopTest::echo).run("go"));

        assertThat(toolMessages(1)).containsExactly("echo {}");
    }

    @Test
    void theModelIsToldThatAToolFailedAndNotWhy() {
        IllegalStateException secret = new IllegalStateException("password is 1234");
        asks("echo", "{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}");
        provider.answers("done");

        ToolLoopResult result = success(loop().tool(ECHO, call -> switch (call.arguments()) {
                    case "{\"n\":1}" -> Mono.error(secret);
                    case "{\"n\":2}" -> throw secret;
                    case "{\"n\":3}" -> Mono.empty();
                    default -> Mono.just("fine");
                })
                .run("go"));

        assertThat(toolMessages(1)).containsExactly("The tool failed.", "The tool failed.", "", "fine");
        assertThat(result.toolFailures())
                .extracting(failed ->
                        failed.round() + failed.call().id() + failed.error().getMessage())
                .containsExactly("1c0password is 1234", "1c1password is 1234");
        assertThat(result.toolFailures().toString())
                .contains("java.lang.IllegalStateException")
                .doesNotContain("1234");
    }

    @Test
    void whatTheModelIsToldOfAFailureCanBeSaid() {
        asks("echo", "{}");
        asks("echo", "{}");
        provider.answers("done");
        AtomicInteger failures = new AtomicInteger();

        success(loop().tool(ECHO, call -> Mono.error(new IllegalStateException("busy")))
                .onToolError((call, error) -> failures.incrementAndGet() == 1
                        ? Mono.just(call.name() + " is " + error.getMessage())
                        : Mono.empty())
                .run("go"));

        assertThat(toolMessages(2)).containsExactly("echo is busy", "The tool failed.");
    }

    @Test
    void aToolsFailureMayEndTheLoopAndCancelsTheOthers() {
        IllegalStateException broken = new IllegalStateException("broken");
        AtomicInteger cancels = new AtomicInteger();
        asks("echo", "{\"n\":1}", "{}");

        Throwable failure = failure(loop().tool(
                        ECHO,
                        call -> call.arguments().equals("{}")
                                ? Mono.error(broken)
                                : Mono.<String>never().doOnCancel(cancels::incrementAndGet))
                .onToolError((call, error) -> Mono.error(error))
                .run("go"));

        assertThat(failure).isSameAs(broken);
        assertThat(cancels.get()).isEqualTo(1);
    }

    @Test
    void roundsAreBounded() {
        asks("echo", "{}");
        asks("echo", "{}");

        LlmException failure = (LlmException)
                failure(loop().maxRounds(2).tool(ECHO, ToolLoopTest::echo).run("go"));

        assertThat(failure)
                .isInstanceOf(ToolRoundsExceededException.class)
                .hasMessageContaining("still requests tools after 2 rounds (maxRounds)");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.conversation())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.ASSISTANT);
        Completion last = Objects.requireNonNull(failure.partial());
        assertThat(last.toolCalls()).hasSize(1);
        assertThat(last.usage()).isEqualTo(Usage.of(20, 2));
        assertThat(provider.requests).hasSize(2);
    }

    @Test
    void aModelsCallIsRetriedAndTheLoopIsNot() {
        AtomicInteger runs = new AtomicInteger();
        asks("echo", "{}");
        provider.fails(ScriptedProvider.overloaded()).answers("done");

        ToolLoopResult result = success(loop().tool(ECHO, call -> {
                    runs.incrementAndGet();
                    return Mono.just("x");
                })
                .run("go"));

        assertThat(runs.get()).isEqualTo(1);
        assertThat(Objects.requireNonNull(result.completion().provenance()).attempts())
                .isEqualTo(2);
        assertThat(Objects.requireNonNull(result.provenance()).attempts()).isEqualTo(3);
    }

    @Test
    void aCallThatFailsCarriesTheConversation() {
        asks("echo", "{}");
        provider.fails(ScriptedProvider.failure(ErrorCategory.AUTHENTICATION, 401, false, null));

        LlmException failure =
                (LlmException) failure(loop().tool(ECHO, ToolLoopTest::echo).run("go"));

        assertThat(failure).isInstanceOf(AuthenticationException.class);
        assertThat(failure.conversation())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL);
        assertThat(Objects.requireNonNull(failure.partial()).usage()).isEqualTo(Usage.of(10, 1));
    }

    @Test
    void eachCallHasWhatIsLeftOfTheDeadline() {
        asks("echo", "{}");
        provider.answers("done");

        success(loop().deadline(Duration.ofSeconds(50))
                .tool(ECHO, call -> Mono.delay(Duration.ofSeconds(20), time).map(String::valueOf))
                .run("go"));

        assertThat(provider.requests)
                .extracting(request -> request.overrides().deadline())
                .containsExactly(Duration.ofSeconds(50), Duration.ofSeconds(30));
    }

    @Test
    void aShorterDeadlineOfTheRequestOrOfItsRetryCounts() {
        provider.answers("one").answers("two").answers("three");

        success(loop().run(CompletionRequest.builder()
                .user("go")
                .deadline(Duration.ofSeconds(7))
                .build()));
        success(loop().run(CompletionRequest.builder()
                .user("go")
                .retrySettings(retry -> retry.deadline(Duration.ofSeconds(5)))
                .build()));
        success(loop().run(CompletionRequest.builder()
                .user("go")
                .overrides(RequestOptions.NONE.retrySettings(EXACT.deadline(Duration.ofSeconds(3))))
                .build()));

        assertThat(provider.requests)
                .extracting(request -> request.overrides().deadline())
                .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(5), Duration.ofSeconds(3));
    }

    @Test
    void toolsThatTakeTooLongEndTheLoop() {
        AtomicInteger cancels = new AtomicInteger();
        asks("echo", "{}");

        LlmException failure = (LlmException) failure(loop().deadline(Duration.ofSeconds(5))
                .tool(ECHO, call -> Mono.<String>never().doOnCancel(cancels::incrementAndGet))
                .run("go"));

        assertThat(failure)
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("tool loop deadline of 5000 ms exceeded in the tools of round 1");
        assertThat(failure.conversation()).hasSize(2);
        assertThat(Objects.requireNonNull(failure.partial()).toolCalls()).hasSize(1);
        assertThat(cancels.get()).isEqualTo(1);
    }

    @Test
    void aCallThatTakesTooLongEndsWithTheProvidersOwnStory() {
        asks("echo", "{}");
        AtomicInteger cancels = new AtomicInteger();
        provider.then(Flux.<CompletionChunk>never().doOnCancel(cancels::incrementAndGet));

        LlmException failure = (LlmException) failure(loop().deadline(Duration.ofSeconds(5))
                .tool(ECHO, ToolLoopTest::echo)
                .run("go"));

        assertThat(failure).isInstanceOf(DeadlineExceededException.class);
        assertThat(failure.history()).isNotNull();
        assertThat(failure.conversation()).hasSize(3);
        assertThat(cancels.get()).isEqualTo(1);
    }

    @Test
    void aToolThatEndsAtTheDeadlineLeavesNothingForTheNextRound() {
        asks("echo", "{}");

        Throwable failure = failure(loop().deadline(Duration.ofSeconds(5))
                .tool(
                        ECHO,
                        call -> Mono.fromSupplier(() -> {
                            provider.time.advanceTimeBy(Duration.ofSeconds(5));
                            return "late";
                        }))
                .run("go"));

        assertThat(failure).isInstanceOf(DeadlineExceededException.class);
        assertThat(provider.requests).hasSize(1);
    }

    @Test
    void aProviderThatHeedsNoDeadlineIsEndedASecondLater() {
        AtomicInteger cancels = new AtomicInteger();
        Foreign foreign = new Foreign(Mono.<Completion>never().doOnCancel(cancels::incrementAndGet));

        StepVerifier.withVirtualTime(
                        () -> ToolLoop.of(foreign)
                                .scheduler(time)
                                .deadline(Duration.ofSeconds(5))
                                .run("go"),
                        () -> provider.time,
                        Long.MAX_VALUE)
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(6))
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(DeadlineExceededException.class)
                        .hasMessageContaining("in round 1"))
                .verify();
        assertThat(cancels.get()).isEqualTo(1);
    }

    @Test
    void aProviderWithoutAnAnswerEndsTheLoop() {
        assertThat(failure(
                        ToolLoop.of(new Foreign(Mono.empty())).scheduler(time).run("go")))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("returned no answer");
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
        ToolLoop loop = loop().tool(ECHO, ToolLoopTest::echo);

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
        ToolLoop loop = loop().maxRounds(2).tool(ECHO, ToolLoopTest::echo);
        Mono<ToolLoopResult> run = loop.run("go");
        for (int i = 0; i < 2; i++) {
            asks("echo", "{}");
            provider.answers("done");
            assertThat(success(run).messages()).hasSize(4);
        }
    }

    @Test
    void cancellingLetsGoOfTheCallAndOfTheTools() {
        AtomicInteger cancels = new AtomicInteger();
        provider.then(Flux.<CompletionChunk>never().doOnCancel(cancels::incrementAndGet));
        ToolLoop loop = loop().tool(ECHO, call -> Mono.<String>never().doOnCancel(cancels::incrementAndGet));

        Disposable inCall = loop.run("go").subscribe();
        inCall.dispose();
        asks("echo", "{}", "{}");
        Disposable inTools = loop.run("go").subscribe();
        inTools.dispose();
        provider.time.advanceTimeBy(Duration.ofHours(1));

        assertThat(cancels.get()).isEqualTo(3);
        assertThat(provider.requests).hasSize(2);
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
    void streamsTheChunksOfAllRounds() {
        asks("echo", "{}");
        provider.answers("do", "ne");

        List<ToolLoopEvent> events = new ArrayList<>();
        StepVerifier.create(loop().tool(ECHO, ToolLoopTest::echo).stream("go"))
                .recordWith(() -> events)
                .thenConsumeWhile(event -> true)
                .verifyComplete();

        List<String> told = new ArrayList<>();
        for (ToolLoopEvent event : events) {
            if (event instanceof ToolLoopEvent.Chunk chunk && chunk.chunk().hasContent()) {
                told.add(chunk.round() + ":" + chunk.chunk().text());
            } else if (event instanceof ToolLoopEvent.ToolAnswered answered) {
                told.add(answered.round() + ":" + answered.call().name() + " "
                        + answered.answer().text());
            } else if (event instanceof ToolLoopEvent.Finished finished) {
                told.add("end " + finished.result().completion().text() + " "
                        + finished.result().usage());
            }
        }
        assertThat(told).containsExactly("1:", "1:echo echo {}", "2:do", "2:ne", "end done " + Usage.of(10, 1));
        assertThat(provider.requests.get(1).messages().get(1).extra()).containsEntry("signature", "s");
    }

    @Test
    void aStreamThatBreaksKeepsItsOwnPartOfTheAnswer() {
        asks("echo", "{}");
        provider.then(Flux.concat(Flux.just(CompletionChunk.text("half")), Flux.error(ScriptedProvider.overloaded())));

        StepVerifier.create(loop().tool(ECHO, ToolLoopTest::echo).stream("go"))
                .thenConsumeWhile(event -> true)
                .consumeErrorWith(error -> {
                    LlmException failure = (LlmException) error;
                    assertThat(failure.partialText()).isEqualTo("half");
                    assertThat(failure.conversation()).hasSize(3);
                })
                .verify();
    }

    @Test
    void demandOfOneTakesOneEvent() {
        asks("echo", "{}");
        provider.answers("done");

        StepVerifier.create(loop().tool(ECHO, ToolLoopTest::echo).stream("go"), 1)
                .expectNextCount(1)
                .expectNoEvent(Duration.ZERO)
                .thenCancel()
                .verify();

        assertThat(provider.requests).hasSize(1);
    }

    @Test
    void wrongSettingsFailWhereTheyAreGiven() {
        ToolLoop loop = loop().tool(ECHO, ToolLoopTest::echo);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.maxRounds(0))
                .withMessage("maxRounds: 0 (expected: >= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.concurrency(0))
                .withMessage("concurrency: 0 (expected: >= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.deadline(Duration.ZERO))
                .withMessage("deadline: PT0S (expected: > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.tool(ECHO, ToolLoopTest::echo))
                .withMessage("tool echo: defined twice (expected: unique names)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.run(CompletionRequest.builder()
                        .user("go")
                        .tools(ECHO, Tool.of("other", "", Map.of()))
                        .build()))
                .withMessage("tools: [other] (expected: tools with a function, given to the loop by tool(…))");
    }

    /** A provider from elsewhere, which knows nothing of deadlines. */
    private record Foreign(Mono<Completion> answer) implements LlmProvider {

        @Override
        public String name() {
            return "foreign";
        }

        @Override
        public Mono<Completion> complete(CompletionRequest request) {
            return answer;
        }

        @Override
        public Flux<CompletionChunk> stream(CompletionRequest request) {
            return Flux.empty();
        }
    }

    @Test
    void namesAndArgumentsAsModelsWriteThemRun() {
        asks("functions.echo<|channel|>commentary", "null", "\"{\\\"n\\\":1}\"", "{\"n\":1}{\"n\":2}");
        asks("made.up", "{}");
        provider.answers("done");

        success(loop().tool(ECHO, ToolLoopTest::echo).run("go"));

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

        ToolLoopResult result = success(loop().tool(ECHO, ToolLoopTest::echo).run("go"));

        assertThat(result.messages())
                .filteredOn(message -> message.role() == Role.TOOL)
                .extracting(Message::toolCallId)
                .containsExactly("c0", "c0_2");
        assertThat(result.messages())
                .flatExtracting(Message::toolCalls)
                .extracting(ToolCall::id)
                .containsExactly("c0", "c0_2");
    }
}
