package io.aicore.llm;

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
 * Asks a model, runs the tools it asks for, tells it what they said, and goes on until it answers without asking for tools.
 *
 * <pre>{@code
 * record Place(String city) {}
 *
 * ToolLoop loop = ToolLoop.of(llm).tool("weather", "The weather in a city", Place.class, place -> weather.in(place.city()));
 * Mono<String> answer = loop.run("Do I need an umbrella in Ulm?").map(result -> result.completion().text());
 * }</pre>
 *
 * <p>Immutable and ready to use at each step. Defaults: at most {@value #MAX_ROUNDS} rounds (calls of the model), {@value
 * #CONCURRENCY} tools at once, and 10 min for all together; the request's own deadline counts if it is shorter. Each call of
 * the model has what is left of it as its deadline, in place of the provider's. A call that fails is retried as the
 * provider's settings say; the loop is not begun anew, and tools are not run twice. After the first round a tool choice that
 * forces calls is dropped, or the model could never answer.
 *
 * <p>Tools run on the thread that brought the answer and must not block: {@code subscribeOn(Schedulers.boundedElastic())}
 * carries one that does. Results go back in the order of the calls. A tool that the model made up, or arguments that are no
 * JSON object or do not fit the record, are told to the model, and so is a tool that fails: by default without its reason,
 * which may not be for the model; see {@link #onToolError}. All failures of tools are in the result.
 *
 * <p>Publishers are cold: each subscription is a loop of its own. Cancelling lets go of the call, the tools and the timers.
 * Errors: {@link io.aicore.llm.error.ToolRoundsExceededException} when the model still asks for tools in the last round;
 * {@link io.aicore.llm.error.DeadlineExceededException} when time is up; and what the calls of the model fail with. Each
 * {@code LlmException} has the conversation so far, and if it has no answer of its own, the last one as {@code partial()},
 * with the usage and provenance of all rounds.
 */
public final class ToolLoop {

    private static final int MAX_ROUNDS = 10;
    private static final int CONCURRENCY = 4;
    private static final Duration DEADLINE = Duration.ofMinutes(10);
    static final String FAILED = "The tool failed.";

    /** A tool and what it does. */
    record Registered(Tool tool, Function<ToolCall, Mono<String>> work) {}

    /** What a loop is held to. */
    record Settings(
            int maxRounds,
            int concurrency,
            Duration deadline,
            BiFunction<ToolCall, Throwable, Mono<String>> onToolError,
            @Nullable Scheduler givenScheduler) {

        Settings {
            positive("maxRounds", maxRounds);
            positive("concurrency", concurrency);
            if (deadline.isZero() || deadline.isNegative()) {
                throw new IllegalArgumentException("deadline: " + deadline + " (expected: > 0)");
            }
        }

        Scheduler scheduler() {
            return givenScheduler == null ? Schedulers.parallel() : givenScheduler;
        }

        private static void positive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
            }
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

    /** A loop around this provider, without tools yet. */
    public static ToolLoop of(LlmProvider provider) {
        Settings defaults = new Settings(MAX_ROUNDS, CONCURRENCY, DEADLINE, (call, error) -> Mono.just(FAILED), null);
        return new ToolLoop(Objects.requireNonNull(provider, "provider"), new LinkedHashMap<>(), defaults);
    }

    /**
     * With a tool that reads its arguments itself: a JSON object as text, {@code {}} for none. An empty result is the empty
     * text.
     */
    public ToolLoop tool(Tool tool, Function<ToolCall, Mono<String>> work) {
        Map<String, Registered> more = new LinkedHashMap<>(tools);
        if (more.put(tool.name(), new Registered(tool, Objects.requireNonNull(work, "work"))) != null) {
            throw new IllegalArgumentException("tool " + tool.name() + ": twice (expected: a name of its own)");
        }
        return new ToolLoop(provider, more, settings);
    }

    /**
     * With a tool whose arguments are a record: its schema goes to the model, its values come to the function.
     *
     * @throws IllegalArgumentException if the class is no record, or holds what a schema cannot say; see {@link
     *     RecordSchema}
     */
    public <A> ToolLoop tool(
            String name, String description, Class<A> arguments, Function<? super A, Mono<String>> work) {
        RecordSchema<A> schema = RecordSchema.of(arguments);
        return tool(Tool.of(name, description, schema.schema()), call -> work.apply(schema.decode(call.arguments())));
    }

    /** The most calls of the model. Default: 10. */
    public ToolLoop maxRounds(int maxRounds) {
        var s = settings;
        return with(new Settings(maxRounds, s.concurrency, s.deadline, s.onToolError, s.givenScheduler));
    }

    /** How many tools of one round run at the same time. Default: 4. */
    public ToolLoop concurrency(int concurrency) {
        var s = settings;
        return with(new Settings(s.maxRounds, concurrency, s.deadline, s.onToolError, s.givenScheduler));
    }

    /** Bounds all rounds together, tools and waits included. Default: 10 min. */
    public ToolLoop deadline(Duration deadline) {
        var s = settings;
        return with(new Settings(s.maxRounds, s.concurrency, deadline, s.onToolError, s.givenScheduler));
    }

    /**
     * What the model is told when a tool fails. {@code Mono.error(error)} ends the loop with that error. Default: that the
     * tool failed, without a reason.
     */
    public ToolLoop onToolError(BiFunction<ToolCall, Throwable, Mono<String>> answer) {
        var s = settings;
        return with(new Settings(
                s.maxRounds, s.concurrency, s.deadline, Objects.requireNonNull(answer, "answer"), s.givenScheduler));
    }

    /** Timer and clock, for tests on virtual time. Default: Reactor's parallel scheduler. */
    public ToolLoop scheduler(Scheduler scheduler) {
        var s = settings;
        return with(new Settings(s.maxRounds, s.concurrency, s.deadline, s.onToolError, scheduler));
    }

    /**
     * The answer after all rounds.
     *
     * @throws IllegalArgumentException if the request names a tool that has no function here
     */
    public Mono<ToolLoopResult> run(CompletionRequest request) {
        known(request);
        return Mono.defer(() -> new ToolRun(provider, tools, settings, request).complete());
    }

    /** The answer to a question in words. */
    public Mono<ToolLoopResult> run(String prompt) {
        return run(CompletionRequest.of(prompt));
    }

    /**
     * All rounds as they come: the chunks of each answer, then what its tools said, and at the end the result. Demand
     * reaches the connection.
     *
     * @throws IllegalArgumentException if the request names a tool that has no function here
     */
    public Flux<ToolLoopEvent> stream(CompletionRequest request) {
        known(request);
        return Flux.defer(() -> new ToolRun(provider, tools, settings, request).stream());
    }

    /** All rounds of a question in words, as they come. */
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
