package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.chat.TypedCompletion;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.AuthenticationException;
import io.aicore.llm.error.ContentFilteredException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.retry.Jitter;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Answers as records, on virtual time. */
class TypedCallTest {

    record City(String name, int people) {}

    private static final String FINE = "{\"name\":\"Ulm\",\"people\":129000}";
    private static final String WRONG = "{\"name\":\"Ulm\",\"people\":\"many secrets\"}";
    private static final RetrySettings EXACT = RetrySettings.defaults().jitter(Jitter.none());

    private final ScriptedProvider provider = ScriptedProvider.create(config -> config.retrySettings(EXACT));

    private static Flux<CompletionChunk> answer(String text, FinishReason reason, long tokens) {
        return Flux.just(
                CompletionChunk.text(text),
                CompletionChunk.of(ChunkInfo.of(reason, "raw")),
                CompletionChunk.of(ChunkInfo.of(Usage.of(tokens, 1))));
    }

    private TypedCompletion<City> success(CompletionRequest request) {
        AtomicReference<TypedCompletion<City>> answer = new AtomicReference<>();
        StepVerifier.create(provider.complete(request, City.class))
                .then(() -> provider.time.advanceTimeBy(Duration.ofMinutes(1)))
                .consumeNextWith(answer::set)
                .verifyComplete();
        return Objects.requireNonNull(answer.get());
    }

    private LlmException failure() {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        StepVerifier.create(provider.complete("where?", City.class))
                .then(() -> provider.time.advanceTimeBy(Duration.ofMinutes(1)))
                .consumeErrorWith(failure::set)
                .verify();
        return (LlmException) Objects.requireNonNull(failure.get());
    }

    @Test
    void readsTheAnswerIntoTheRecord() {
        provider.answers(FINE);

        TypedCompletion<City> answer = success(CompletionRequest.of("where?"));

        assertThat(answer.value()).isEqualTo(new City("Ulm", 129_000));
        assertThat(answer.completion().text()).isEqualTo(FINE);
        assertThat(answer.repaired()).isFalse();
        assertThat(answer.toString())
                .startsWith("TypedCompletion[City, Completion[")
                .doesNotContain("Ulm");
    }

    @Test
    void withoutANativeModeTheSchemaIsASystemMessage() {
        provider.answers(FINE);

        success(CompletionRequest.of("where?"));

        CompletionRequest sent = provider.requests.get(0);
        assertThat(sent.responseFormat()).isNull();
        assertThat(sent.messages()).extracting(Message::role).containsExactly(Role.SYSTEM, Role.USER);
        assertThat(sent.messages().get(0).text())
                .contains("one JSON object and nothing else")
                .contains("\"people\":{\"type\":\"integer\"}");
    }

    @Test
    void theSchemaFollowsASystemPromptThatIsThere() {
        provider.answers(FINE).answers(FINE);
        Message pictured = new Message(
                Role.SYSTEM,
                List.of(Content.text("Be brief."), Content.image(java.net.URI.create("https://h/i"))),
                List.of(),
                null,
                null,
                Map.of("cache_control", "x"));

        success(CompletionRequest.builder().system("Be brief.").user("where?").build());
        success(CompletionRequest.builder().message(pictured).user("where?").build());

        Message plain = provider.requests.get(0).messages().get(0);
        assertThat(plain.content()).hasSize(1);
        assertThat(plain.text()).startsWith("Be brief.\n\nAnswer with one JSON object");
        Message second = provider.requests.get(1).messages().get(0);
        assertThat(second.content()).hasSize(3);
        assertThat(second.extra()).containsEntry("cache_control", "x");
    }

    @Test
    void repairsAnAnswerThatDoesNotFitAndCountsBothRounds() {
        provider.fails(ScriptedProvider.overloaded())
                .then(answer(WRONG, FinishReason.STOP, 10))
                .fails(ScriptedProvider.overloaded())
                .then(answer(FINE, FinishReason.STOP, 20));

        AtomicReference<TypedCompletion<City>> seen = new AtomicReference<>();
        StepVerifier.withVirtualTime(() -> provider.complete("where?", City.class), () -> provider.time, Long.MAX_VALUE)
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(2))
                .consumeNextWith(seen::set)
                .verifyComplete();

        TypedCompletion<City> answer = Objects.requireNonNull(seen.get());
        Provenance provenance = Objects.requireNonNull(answer.completion().provenance());
        assertThat(answer.value().people()).isEqualTo(129_000);
        assertThat(answer.repaired()).isTrue();
        assertThat(answer.toString()).endsWith(", repaired]");
        assertThat(provenance.attempts()).isEqualTo(4);
        assertThat(provenance.waited()).isEqualTo(Duration.ofSeconds(2));
        assertThat(provenance.latency()).isEqualTo(Duration.ofSeconds(2));
        assertThat(provenance.failures()).hasSize(2);
        assertThat(answer.completion().usage()).isEqualTo(Usage.of(30, 2));
    }

    @Test
    void theRepairSaysWhatDoesNotFit() {
        provider.answers(WRONG).answers(FINE);

        success(CompletionRequest.of("where?"));

        List<Message> messages = provider.requests.get(1).messages();
        assertThat(messages)
                .extracting(Message::role)
                .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER);
        assertThat(messages.get(2).text()).isEqualTo(WRONG);
        assertThat(messages.get(3).text()).contains("- $.people: (expected: a whole number from -2147483648");
    }

    @Test
    void theRecordIsFoundInReasoningWhereThereIsNoText() {
        provider.then(Flux.just(CompletionChunk.reasoning("So it is " + FINE)));

        TypedCompletion<City> answer = success(CompletionRequest.of("where?"));

        assertThat(answer.value()).isEqualTo(new City("Ulm", 129_000));
        assertThat(answer.repaired()).isFalse();
        assertThat(provider.requests).hasSize(1);
    }

    @Test
    void theRecordIsNotLookedForInReasoningWhereTheAnswerIsAnother() {
        provider.then(Flux.just(CompletionChunk.reasoning(FINE), CompletionChunk.text("I cannot say.")))
                .answers(FINE);

        assertThat(success(CompletionRequest.of("where?")).repaired()).isTrue();
    }

    @Test
    void theRecordIsFoundBetweenWordsWithoutARepair() {
        provider.answers("<think>{maybe}</think>Here you are:\n```json\n" + FINE + "\n```\nAnything else?");

        assertThat(success(CompletionRequest.of("where?")).repaired()).isFalse();
    }

    @Test
    void anAnswerOfReasoningAloneIsNotSentBack() {
        provider.then(Flux.just(CompletionChunk.reasoning("hm"))).answers(FINE);

        success(CompletionRequest.of("where?"));

        assertThat(provider.requests.get(1).messages())
                .extracting(Message::role)
                .containsExactly(Role.SYSTEM, Role.USER, Role.USER);
    }

    @Test
    void theDeadlineOfTheRequestBoundsBothRounds() {
        provider.then(answer(WRONG, FinishReason.STOP, 1).delaySequence(Duration.ofSeconds(4), provider.time))
                .answers(FINE);

        success(CompletionRequest.builder()
                .user("where?")
                .deadline(Duration.ofSeconds(10))
                .build());

        assertThat(provider.requests.get(1).overrides().deadline()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void aSecondMismatchNamesThePathAndNotTheContent() {
        provider.answers(WRONG).answers(WRONG);

        LlmException failure = failure();

        assertThat(failure)
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("does not match City after one repair: $.people: (expected: a whole number")
                .hasMessageNotContaining("secret");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.code()).isEqualTo("schema_mismatch");
        assertThat(failure.partialText()).isEqualTo(WRONG);
        assertThat(Objects.requireNonNull(
                                Objects.requireNonNull(failure.partial()).provenance())
                        .attempts())
                .isEqualTo(2);
        assertThat(provider.requests).hasSize(2);
    }

    @Test
    void aRepairThatFailsKeepsTheFirstAnswer() {
        provider.answers(WRONG).fails(ScriptedProvider.failure(ErrorCategory.AUTHENTICATION, 401, false, null));

        LlmException failure = failure();

        assertThat(failure).isInstanceOf(AuthenticationException.class);
        assertThat(failure.partialText()).isEqualTo(WRONG);
    }

    @Test
    void whatIsNoAnswerIsNotRepaired() {
        provider.then(answer("{\"name\":", FinishReason.LENGTH, 7));
        provider.then(answer("{\"name\":", FinishReason.CONTEXT_WINDOW, 7));
        provider.then(answer("{\"name\":", FinishReason.CONTENT_FILTER, 7));
        provider.then(answer("No.", FinishReason.REFUSAL, 7));
        provider.then(Flux.just(new CompletionChunk("", "", "No.", List.of(), null, Map.of())));
        provider.then(Flux.just(
                new CompletionChunk("", "", "", List.of(new ToolCallDelta(0, "c", "find", "{}")), null, Map.of())));

        LlmException cut = failure();
        assertThat(cut).isInstanceOf(MalformedResponseException.class).hasMessageContaining("token limit truncated");
        assertThat(Objects.requireNonNull(cut.partial()).usage()).isEqualTo(Usage.of(7, 1));
        assertThat(failure()).isInstanceOf(MalformedResponseException.class).hasMessageContaining("context window");
        assertThat(failure()).isInstanceOf(ContentFilteredException.class).hasMessageContaining("filter truncated");
        assertThat(failure()).isInstanceOf(ContentFilteredException.class).hasMessageContaining("declined");
        assertThat(failure()).isInstanceOf(ContentFilteredException.class).hasMessageContaining("declined");
        assertThat(failure()).isInstanceOf(MalformedResponseException.class).hasMessageContaining("tool calls");
        assertThat(provider.requests).hasSize(6);
    }

    @Test
    void aRepairedAnswerThatIsCutFailsAsCut() {
        provider.answers(WRONG).then(answer("{", FinishReason.LENGTH, 7));

        assertThat(failure())
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("token limit truncated");
    }

    @Test
    void eachSubscriptionIsACallOfItsOwn() {
        provider.answers(FINE).answers(FINE);
        Mono<TypedCompletion<City>> call = provider.complete("where?", City.class);

        StepVerifier.create(call).expectNextCount(1).verifyComplete();
        StepVerifier.create(call).expectNextCount(1).verifyComplete();

        assertThat(provider.requests).hasSize(2);
    }

    @Test
    void cancellingTheRepairCancelsItsAttempt() {
        AtomicInteger cancels = new AtomicInteger();
        provider.answers(WRONG).then(Flux.<CompletionChunk>never().doOnCancel(cancels::incrementAndGet));

        Disposable call = provider.complete("where?", City.class).subscribe();
        call.dispose();

        assertThat(provider.requests).hasSize(2);
        assertThat(cancels.get()).isEqualTo(1);
    }

    @Test
    void aClassThatIsNoRecordIsRefusedWhereItIsGiven() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider.complete("where?", String.class))
                .withMessage("String: java.lang.String (expected: a record)");
    }
}
