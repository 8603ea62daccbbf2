package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.internal.FailureState;
import io.aicore.llm.model.ModelCatalog;
import io.aicore.llm.model.ModelFacts;
import io.aicore.llm.model.PriceBand;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What calls cost, and what is changed in a request that its model would refuse; on virtual time. */
class PipelineCostTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 1);
    private static final PriceBand PRICE = new PriceBand(
            PriceBand.Range.ALL,
            new PriceBand.Prices(
                    BigDecimal.valueOf(2),
                    BigDecimal.ONE,
                    BigDecimal.valueOf(3),
                    BigDecimal.valueOf(4),
                    BigDecimal.TEN));
    private static final ModelFacts FACTS = new ModelFacts(
            "scripted", "model-1", Set.of(), new ModelFacts.Traits(10_000L, 1_000, false, false), List.of(PRICE), DAY);

    private final ScriptedProvider provider = ScriptedProvider.create(
            config -> config.modelCatalog(ModelCatalog.empty().with(FACTS)));

    private static Flux<CompletionChunk> answer(Usage usage) {
        return Flux.just(
                CompletionChunk.text("hi"),
                CompletionChunk.of(ChunkInfo.of(FinishReason.STOP, "stop")),
                CompletionChunk.of(ChunkInfo.of(usage)));
    }

    private Completion complete(Mono<Completion> call) {
        AtomicReference<Completion> answer = new AtomicReference<>();
        StepVerifier.create(call)
                .then(() -> provider.time.advanceTimeBy(Duration.ofMinutes(1)))
                .consumeNextWith(answer::set)
                .verifyComplete();
        return Objects.requireNonNull(answer.get());
    }

    private static void costs(Completion answer, String usd) {
        assertThat(answer.cost().orElseThrow().usd()).isEqualByComparingTo(usd);
    }

    @Test
    void anAnswerSaysWhatItCost() {
        provider.then(answer(new Usage(1_000_000, 100_000, 500_000, 0, 0)));

        Completion answer = complete(provider.complete("hello"));

        costs(answer, "2.5");
        assertThat(answer.cost().orElseThrow().asOf()).isEqualTo(DAY);
    }

    @Test
    void aStreamAddsUpToAnAnswerWithItsCost() {
        provider.then(answer(Usage.of(1_000_000, 100_000)));

        costs(complete(Completion.from(provider.stream("hello"))), "3");
    }

    @Test
    void failedAttemptsThatToldTheirTokensAreInTheCost() {
        Flux<CompletionChunk> cut = Flux.just(CompletionChunk.of(ChunkInfo.of(Usage.of(1_000_000, 0))))
                .concatWith(Flux.error(ScriptedProvider.overloaded()));
        provider.then(cut).then(answer(Usage.of(1_000_000, 100_000)));

        costs(complete(Completion.from(provider.stream("hello"))), "5");

        provider.fails(FailureState.partial(
                        ScriptedProvider.overloaded(),
                        Objects.requireNonNull(
                                Completion.from(answer(Usage.of(500_000, 0))).block())))
                .fails(ScriptedProvider.overloaded())
                .then(answer(Usage.of(1_000_000, 100_000)));

        costs(complete(provider.complete("hello")), "4");
    }

    @Test
    void withoutUsageOrAKnownModelThereIsNoCost() {
        provider.answers("hi");
        provider.then(answer(Usage.of(1, 1)));
        provider.then(answer(Usage.of(1, 1)).concatWith(Flux.just(CompletionChunk.of(ChunkInfo.of("id", "model-9")))));

        assertThat(complete(provider.complete("hello")).cost()).isEmpty();
        assertThat(complete(provider.complete(CompletionRequest.builder()
                                .model("other")
                                .user("hello")
                                .build()))
                        .cost())
                .isEmpty();
        assertThat(complete(provider.complete("hello")).cost()).isEmpty();
        assertThat(Completion.of("hi").cost()).isEmpty();
    }

    @Test
    void theModelThatAnsweredIsThePricedOne() {
        provider.then(answer(Usage.of(1_000_000, 0))
                .concatWith(Flux.just(CompletionChunk.of(ChunkInfo.of("id", "model-1-2026-01-01")))));

        costs(complete(provider.complete("hello")), "2");
    }

    @ParameterizedTest
    @CsvSource({
        "service_tier, flex, false",
        "service_tier, default, true",
        "speed, fast, false",
        "user, ann, true",
    })
    void anotherTierHasAnotherPrice(String field, String value, boolean known) {
        provider.then(answer(Usage.of(1, 1)));

        Completion answer = complete(provider.complete(
                CompletionRequest.builder().user("hello").extra(field, value).build()));

        assertThat(answer.cost().isPresent()).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({"1h, false", "5m, true"})
    void aLongerCacheIsNotGuessed(String time, boolean known) {
        Map<String, Object> mark = Map.of("cache_control", Map.of("type", "ephemeral", "ttl", time));
        Message marked = Message.system("long").extra(mark);
        provider.then(answer(new Usage(10, 1, 0, 5, 0))).then(answer(new Usage(10, 1, 0, 5, 0)));

        Completion byMessage = complete(provider.complete(
                CompletionRequest.builder().message(marked).user("hello").build()));
        Completion byField = complete(provider.complete(CompletionRequest.builder()
                .user("hello")
                .extra("system", List.of(mark))
                .build()));

        assertThat(byMessage.cost().isPresent()).isEqualTo(known);
        assertThat(byField.cost().isPresent()).isEqualTo(known);
    }

    @Test
    void severalCallsCostTheirSumOrNothingIsSaid() {
        provider.then(answer(Usage.of(1_000_000, 0)))
                .then(answer(Usage.of(1_000_000, 0)))
                .answers("hi");
        Completion first = complete(provider.complete("hello"));
        Completion second = complete(provider.complete("hello"));
        Completion unknown = complete(provider.complete("hello"));

        costs(second.after(first), "4");
        assertThat(unknown.after(first).cost()).isEmpty();
        assertThat(first.after(unknown).cost()).isEmpty();
    }

    @Test
    void whatTheModelWouldRefuseIsAdaptedAndTold() {
        provider.answers("hi").answers("hi");
        CompletionRequest request = CompletionRequest.builder()
                .user("hello")
                .temperature(0.2)
                .maxTokens(5_000)
                .build();

        Completion plain = complete(provider.complete(request));
        Completion streamed = complete(Completion.from(provider.stream(request)));

        assertThat(provider.requests).allSatisfy(sent -> {
            assertThat(sent.sampling().temperature()).isNull();
            assertThat(sent.sampling().maxTokens()).isEqualTo(1_000);
        });
        assertThat(Objects.requireNonNull(plain.provenance()).warnings())
                .containsExactly(
                        "temperature 0.2 omitted: the model accepts only its default",
                        "max_tokens 5000 lowered to 1000, the model's maximum");
        assertThat(Objects.requireNonNull(streamed.provenance()).warnings()).hasSize(2);
        assertThat(Objects.requireNonNull(streamed.after(plain).provenance()).warnings())
                .hasSize(2);
    }

    @Test
    void whatTheModelTakesStaysAsItIs() {
        provider.answers("hi");

        Completion answer = complete(provider.complete(CompletionRequest.builder()
                .user("hello")
                .temperature(1.0)
                .maxTokens(1_000)
                .build()));

        assertThat(provider.requests.get(0).sampling().temperature()).isEqualTo(1.0);
        assertThat(provider.requests.get(0).sampling().maxTokens()).isEqualTo(1_000);
        assertThat(Objects.requireNonNull(answer.provenance()).warnings()).isEmpty();
    }

    @Test
    void checksCanBeSwitchedOffAndCostsStay() {
        ScriptedProvider unchecked = ScriptedProvider.create(config ->
                config.requestChecks(false).modelCatalog(ModelCatalog.empty().with(FACTS)));
        unchecked.then(answer(Usage.of(1_000_000, 0)));

        StepVerifier.create(unchecked.complete(CompletionRequest.builder()
                        .user("hello")
                        .maxTokens(5_000)
                        .build()))
                .assertNext(answer -> costs(answer, "2"))
                .verifyComplete();

        assertThat(unchecked.requests.get(0).sampling().maxTokens()).isEqualTo(5_000);
    }
}
