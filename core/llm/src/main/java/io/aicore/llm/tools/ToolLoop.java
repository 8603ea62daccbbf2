package io.aicore.llm.tools;

import io.aicore.internal.Check;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.schema.RecordSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Runs a conversation with tools: calls the model, runs the tools it requests, sends back their results, and repeats
 * until the model answers without a tool call.
 *
 * <pre>{@code
 * record Place(String city) {}
 *
 * ToolLoop loop = ToolLoop.of(llm).tool("weather", "The weather in a city", Place.class, place -> weather.in(place.city()));
 * Mono<String> answer = loop.run("Do I need an umbrella in Ulm?").map(result -> result.completion().text());
 * }</pre>
 *
 * <p>Immutable: each method returns a new loop. Defaults: at most {@value #MAX_ROUNDS} rounds (calls of the model),
 * {@value #CONCURRENCY} tools at once, and 10 min in total; the request's own deadline applies if it is shorter. Each
 * call of the model gets the remaining time as its deadline, in place of the provider's. A call that fails is retried
 * according to the provider's settings; the loop does not restart, and tools are not run twice. After the first round a
 * tool choice that forces calls is dropped, because the model could never answer.
 *
 * <p>Tools run on the thread that received the answer and must not block; use
 * {@code subscribeOn(Schedulers.boundedElastic())} for one that does. Results are sent back in the order of the calls.
 * An unknown tool, arguments that are not a JSON object or do not match the record, and a failed tool are reported to
 * the model; a failed tool by default without its reason, which may be confidential, see {@link #onToolError}. All
 * failures of tools are in the result.
 *
 * <p>Publishers are cold: each subscription is a separate loop. Cancelling cancels the call, the tools and the timers.
 * Errors: {@link io.aicore.llm.error.ToolRoundsExceededException} if the model still requests tools in the last round;
 * {@link io.aicore.llm.error.DeadlineExceededException} after the deadline; and the errors of the model's calls. Each
 * {@code LlmException} has the conversation so far, and if it has no answer of its own, the last one as
 * {@code partial()}, with usage and response metadata of all rounds.
 */
public final class ToolLoop {

    private static final int MAX_ROUNDS = 10;
    private static final int CONCURRENCY = 4;
    private static final Duration DEADLINE = Duration.ofMinutes(10);
    static final String FAILED = "The tool failed.";

    /** A tool and its function. */
    record Registered(Tool tool, Function<ToolCall, Mono<String>> work) {}

    /** The limits of a loop. */
    record Settings(
            int maxRounds,
            int concurrency,
            Duration deadline,
            BiFunction<ToolCall, Throwable, Mono<String>> onToolError,
            @Nullable Scheduler givenScheduler) {

        Settings {
            Check.atLeast(1, maxRounds, "maxRounds");
            Check.atLeast(1, concurrency, "concurrency");
            Check.deadline(deadline);
        }

        Scheduler scheduler() {
            return givenScheduler == null ? Schedulers.parallel() : givenScheduler;
        }
    }

    private final LlmProvider provider;
    private final Map<String, Registered> tools;
    private final Settings settings;

    private ToolLoop(LlmProvider provider, Map<String, Registered> tools, Settings settings) {
        this.provider = provider;
        this.tools = Collections.unmodifiableMap(tools);
        this.settings = settings;
    }

    /** A loop with this provider, without tools. */
    public static ToolLoop of(LlmProvider provider) {
        Settings defaults = new Settings(MAX_ROUNDS, CONCURRENCY, DEADLINE, (call, error) -> Mono.just(FAILED), null);
        return new ToolLoop(Objects.requireNonNull(provider, "provider"), new LinkedHashMap<>(), defaults);
    }

    /**
     * Adds a tool that parses its arguments itself: a JSON object as text, {@code {}} for none. An empty result is sent
     * as an empty text.
     */
    public ToolLoop tool(Tool tool, Function<ToolCall, Mono<String>> work) {
        Map<String, Registered> more = new LinkedHashMap<>(tools);
        if (more.put(tool.name(), new Registered(tool, Objects.requireNonNull(work, "work"))) != null) {
            throw new IllegalArgumentException("tool " + tool.name() + ": defined twice (expected: unique names)");
        }
        return new ToolLoop(provider, more, settings);
    }

    /**
     * Adds a tool whose arguments are a record: its schema is sent to the model, and the function receives its values.
     *
     * @throws IllegalArgumentException if the class is not a record, or has a component type without a schema; see
     *     {@link RecordSchema}
     */
    public <A> ToolLoop tool(
            String name, String description, Class<A> arguments, Function<? super A, Mono<String>> work) {
        RecordSchema<A> schema = RecordSchema.of(arguments);
        return tool(Tool.of(name, description, schema.schema()), call -> work.apply(schema.decode(call.arguments())));
    }

    /** Sets the maximum number of model calls. Default: 10. */
    public ToolLoop maxRounds(int maxRounds) {
        var s = settings;
        return with(new Settings(maxRounds, s.concurrency, s.deadline, s.onToolError, s.givenScheduler));
    }

    /** Sets the maximum number of concurrent tools in a round. Default: 4. */
    public ToolLoop concurrency(int concurrency) {
        var s = settings;
        return with(new Settings(s.maxRounds, concurrency, s.deadline, s.onToolError, s.givenScheduler));
    }

    /** Sets the limit of all rounds together, tools and waits included. Default: 10 min. */
    public ToolLoop deadline(Duration deadline) {
        var s = settings;
        return with(new Settings(s.maxRounds, s.concurrency, deadline, s.onToolError, s.givenScheduler));
    }

    /**
     * Sets the result sent to the model when a tool fails. {@code Mono.error(error)} ends the loop with that error.
     * Default: a note that the tool failed, without the reason.
     */
    public ToolLoop onToolError(BiFunction<ToolCall, Throwable, Mono<String>> answer) {
        var s = settings;
        return with(new Settings(
                s.maxRounds, s.concurrency, s.deadline, Objects.requireNonNull(answer, "answer"), s.givenScheduler));
    }

    /** Sets timer and clock, for tests on virtual time. Default: Reactor's parallel scheduler. */
    public ToolLoop scheduler(Scheduler scheduler) {
        var s = settings;
        return with(new Settings(s.maxRounds, s.concurrency, s.deadline, s.onToolError, scheduler));
    }

    /**
     * Returns the answer after all rounds.
     *
     * @throws IllegalArgumentException if the request has a tool without a function in this loop
     */
    public Mono<ToolLoopResult> run(CompletionRequest request) {
        known(request);
        return Mono.defer(() -> new ToolRun(provider, tools, settings, request).complete());
    }

    /** Answers this prompt. */
    public Mono<ToolLoopResult> run(String prompt) {
        return run(CompletionRequest.of(prompt));
    }

    /**
     * Streams all rounds: the chunks of each answer, then the results of its tools, and finally the result.
     * Backpressure reaches the connection.
     *
     * @throws IllegalArgumentException if the request has a tool without a function in this loop
     */
    public Flux<ToolLoopEvent> stream(CompletionRequest request) {
        known(request);
        return Flux.defer(() -> new ToolRun(provider, tools, settings, request).stream());
    }

    /** Streams all rounds of this prompt. */
    public Flux<ToolLoopEvent> stream(String prompt) {
        return stream(CompletionRequest.of(prompt));
    }

    private void known(CompletionRequest request) {
        List<String> unknown = new ArrayList<>();
        request.tools().tools().forEach(tool -> unknown.add(tool.name()));
        unknown.removeAll(tools.keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "tools: " + unknown + " (expected: tools with a function, given to the loop by tool(…))");
        }
    }

    private ToolLoop with(Settings changed) {
        return new ToolLoop(provider, tools, changed);
    }
}
