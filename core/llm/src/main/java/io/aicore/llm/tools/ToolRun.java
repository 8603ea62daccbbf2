package io.aicore.llm.tools;

import io.aicore.internal.Seconds;
import io.aicore.limit.Guard;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionFold;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.RequestOptions;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.chat.ToolOptions;
import io.aicore.llm.codec.DistinctCalls;
import io.aicore.llm.error.DeadlineExceededException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.error.ToolRoundsExceededException;
import io.aicore.llm.internal.FailureState;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One subscription of a {@link ToolLoop}. Its steps run one after the other, so its state needs no lock; the results of
 * concurrent tools are collected before they are added.
 */
final class ToolRun {

    // A provider ends its calls at the deadline by itself and says what it tried. One that does not is ended a little
    // later.
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final LlmProvider provider;
    private final ToolRunner runner;
    private final Map<String, ToolLoop.Registered> tools;
    private final ToolLoop.Settings settings;
    private final Scheduler scheduler;
    private final CompletionRequest request;
    private final Duration deadline;
    private final long start;
    private final List<Message> messages;
    private final List<Completion> rounds = new ArrayList<>();
    private final List<ToolLoopResult.ToolFailure> failures = new ArrayList<>();
    private @Nullable ToolLoopResult result;

    ToolRun(
            LlmProvider provider,
            Map<String, ToolLoop.Registered> tools,
            ToolLoop.Settings settings,
            CompletionRequest request) {
        this.provider = provider;
        this.runner = new ToolRunner(tools, settings);
        this.tools = tools;
        this.settings = settings;
        this.scheduler = settings.scheduler();
        this.request = request;
        this.deadline = shorter(settings.deadline(), request.overrides().deadline());
        this.start = now();
        this.messages = new ArrayList<>(request.messages());
    }

    Mono<ToolLoopResult> complete() {
        return Mono.defer(this::round)
                .repeat(() -> result == null)
                .then(Mono.fromSupplier(this::result))
                .onErrorMap(LlmException.class, this::withConversation);
    }

    Flux<ToolLoopEvent> stream() {
        return Flux.defer(this::streamedRound)
                .repeat(() -> result == null)
                .concatWith(Mono.fromSupplier(() -> new ToolLoopEvent.Finished(result())))
                .onErrorMap(LlmException.class, this::withConversation);
    }

    private Mono<Void> round() {
        return Guard.mono("the provider", () -> provider.complete(next()))
                .switchIfEmpty(Mono.error(this::nothing))
                .timeout(tooLate(), Mono.error(this::exceededInCall))
                .flatMapMany(this::answered)
                .then();
    }

    private Flux<ToolLoopEvent> streamedRound() {
        CompletionFold fold = new CompletionFold();
        int number = rounds.size() + 1;
        return Guard.flux("the provider", () -> provider.stream(next()))
                .timeout(tooLate(), chunk -> tooLate(), Mono.error(this::exceededInCall))
                .doOnNext(fold::add)
                .<ToolLoopEvent>map(chunk -> new ToolLoopEvent.Chunk(number, chunk))
                .concatWith(Flux.defer(() -> answered(fold.completion())));
    }

    private CompletionRequest next() {
        Duration left = left();
        if (left.isNegative() || left.isZero()) {
            throw exceeded("before round " + (rounds.size() + 1));
        }
        RequestOptions overrides = request.overrides();
        // Of the defaults, which have none: null unless the request names one.
        Duration named = overrides.retrySettingsFrom(RetrySettings.defaults()).deadline();
        ToolOptions asked = request.tools();
        // A choice that forces calls would force them for ever.
        ToolChoice choice = rounds.isEmpty() || asked.choice() == ToolChoice.none() ? asked.choice() : null;
        List<Tool> offered =
                tools.values().stream().map(ToolLoop.Registered::tool).toList();
        return request.toBuilder()
                .messages(messages)
                .tools(asked.tools(offered).choice(choice))
                .deadline(shorter(left, named))
                .build();
    }

    private Flux<ToolLoopEvent> answered(Completion received) {
        Completion answer = DistinctCalls.in(messages, received);
        rounds.add(answer);
        messages.add(runner.readable(answer.message()));
        if (answer.toolCalls().isEmpty() && answer.finishReason() != FinishReason.PAUSE) {
            result = new ToolLoopResult(answer, messages, rounds, failures);
            return Flux.empty();
        }
        if (rounds.size() == settings.maxRounds()) {
            return Flux.error(tooManyRounds());
        }
        return results(answer.toolCalls());
    }

    private Flux<ToolLoopEvent> results(List<ToolCall> calls) {
        int round = rounds.size();
        Duration left = left();
        Mono<List<ToolRunner.Outcome>> late = Mono.error(() -> exceeded("in the tools of round " + round));
        if (left.isNegative() || left.isZero()) {
            return late.thenMany(Flux.empty());
        }
        return runner.run(calls)
                .timeout(left, late, scheduler)
                .doOnNext(outcomes -> outcomes.forEach(outcome -> add(round, outcome)))
                .flatMapIterable(outcomes -> outcomes)
                .map(outcome -> new ToolLoopEvent.ToolAnswered(round, outcome.call(), outcome.answer()));
    }

    private void add(int round, ToolRunner.Outcome outcome) {
        messages.add(outcome.answer());
        if (outcome.error() != null) {
            failures.add(new ToolLoopResult.ToolFailure(round, outcome.call(), outcome.error()));
        }
    }

    private ToolLoopResult result() {
        return Objects.requireNonNull(result);
    }

    private LlmException withConversation(LlmException failure) {
        if (failure.partial() == null && !rounds.isEmpty()) {
            FailureState.partial(failure, ToolLoopResult.sum(rounds));
        }
        return FailureState.conversation(failure, messages);
    }

    private Mono<Long> tooLate() {
        return Mono.delay(left().plus(GRACE), scheduler);
    }

    private LlmException exceededInCall() {
        return exceeded("in round " + (rounds.size() + 1));
    }

    private LlmException exceeded(String where) {
        String why = "tool loop deadline of " + Seconds.text(deadline) + " exceeded " + where;
        return new DeadlineExceededException(details(ErrorCategory.TIMEOUT, why), null);
    }

    private LlmException tooManyRounds() {
        String why = "the model still requests tools after " + settings.maxRounds() + " rounds (maxRounds)";
        return new ToolRoundsExceededException(details(ErrorCategory.REJECTED, why), null);
    }

    private LlmException nothing() {
        return LlmException.of(details(ErrorCategory.MALFORMED_RESPONSE, "the provider returned no answer"));
    }

    private ErrorDetails details(ErrorCategory category, String why) {
        return ErrorDetails.of(provider.name(), category, false, why)
                .model(request.model())
                .phase(Phase.BODY);
    }

    private Duration left() {
        return deadline.minusNanos(now() - start);
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    private static Duration shorter(Duration one, @Nullable Duration other) {
        return other == null || one.compareTo(other) <= 0 ? one : other;
    }
}
