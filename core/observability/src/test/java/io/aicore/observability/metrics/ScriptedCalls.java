package io.aicore.observability.metrics;

import io.aicore.llm.LlmBaseProvider;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.retry.Jitter;
import io.aicore.retry.RetrySettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.ContextView;

/** A provider whose attempts are written down beforehand; its retries wait 1 s, 2 s and 4 s. */
public final class ScriptedCalls extends LlmBaseProvider {

    public static final String PROMPT = "the prompt that nobody else may read";
    public static final String ANSWER = "the answer that nobody else may read";

    /** The Contexts of the attempts. */
    public final List<ContextView> contexts = new ArrayList<>();

    private final Deque<Flux<CompletionChunk>> script = new ArrayDeque<>();

    private ScriptedCalls(String name, LlmConfig config) {
        super(name, config);
    }

    public static ScriptedCalls onVirtualTime(VirtualTimeScheduler time, UnaryOperator<LlmConfigBuilder> settings) {
        return named("mistral", time, RetrySettings.defaults().jitter(Jitter.none()), settings);
    }

    /** Of a provider that is not asked over a network. */
    public static ScriptedCalls withoutAddress(VirtualTimeScheduler time, LlmObservations observations) {
        return new ScriptedCalls(
                "local",
                LlmConfig.builder()
                        .provider("local")
                        .model("model-1")
                        .retrySettings(RetrySettings.defaults().jitter(Jitter.none()))
                        .scheduler(time)
                        .observer(observations)
                        .build());
    }

    /** Retries at once. */
    public static ScriptedCalls onRealTime(UnaryOperator<LlmConfigBuilder> settings) {
        RetrySettings atOnce =
                RetrySettings.defaults().initialDelay(Duration.ofMillis(1)).maxDelay(Duration.ofMillis(1));
        return named("mistral", Schedulers.parallel(), atOnce, settings);
    }

    public static ScriptedCalls named(
            String name, Scheduler scheduler, RetrySettings retries, UnaryOperator<LlmConfigBuilder> settings) {
        LlmConfigBuilder config = LlmConfig.builder()
                .provider(name)
                .model("model-1")
                .baseUrl(URI.create("https://secret@llm.example:8443/v1?key=secret"))
                .retrySettings(retries)
                .scheduler(scheduler);
        return new ScriptedCalls(name, settings.apply(config).build());
    }

    public ScriptedCalls then(Flux<CompletionChunk> attempt) {
        script.add(attempt);
        return this;
    }

    public ScriptedCalls fails(Throwable failure) {
        return then(Flux.error(failure));
    }

    public ScriptedCalls answers() {
        return then(answer());
    }

    /** An answer of 100 tokens to 7. */
    public static Flux<CompletionChunk> answer() {
        ChunkInfo info = new ChunkInfo(
                "answer-1", "model-1-dated", FinishReason.STOP, "stop", new Usage(7, 100, 3, 2, 40), null);
        return Flux.just(CompletionChunk.text(ANSWER), new CompletionChunk("", "", "", List.of(), info, Map.of()));
    }

    public static LlmException rateLimited(@Nullable Duration retryAfter) {
        return failure(ErrorCategory.RATE_LIMITED, 429, true, retryAfter);
    }

    public static LlmException overloaded() {
        return failure(ErrorCategory.OVERLOADED, 503, true, null);
    }

    public static LlmException failure(
            ErrorCategory category, int status, boolean retryable, @Nullable Duration retryAfter) {
        ErrorDetails details = ErrorDetails.of("mistral", category, retryable, "about " + PROMPT)
                .response(status, null, "req-" + status)
                .retryAfter(retryAfter)
                .phase(Phase.FIRST_BYTE);
        return LlmException.of(details, new IllegalStateException("cause with " + PROMPT));
    }

    @Override
    protected Mono<Completion> attempt(CompletionRequest request) {
        return Completion.from(attemptStream(request));
    }

    @Override
    protected Flux<CompletionChunk> attemptStream(CompletionRequest request) {
        return Flux.deferContextual(context -> {
            contexts.add(context);
            Flux<CompletionChunk> next = script.pollFirst();
            return next == null ? Flux.error(new AssertionError("no attempt left")) : next;
        });
    }
}
