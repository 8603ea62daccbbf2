package io.aicore.testkit;

import io.aicore.llm.LlmBaseProvider;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A provider without a network whose attempts are scripted, for tests of programs that call one: retries, circuit, timeouts,
 * deadline, events and history are the real ones.
 *
 * <pre>{@code
 * ScriptedProvider llm = ScriptedProvider.create(config -> config.scheduler(virtualTime))
 *         .fails(ScriptedProvider.failure(ErrorCategory.OVERLOADED, 503, null))
 *         .answers("Hel", "lo");
 * }</pre>
 *
 * <p>Each attempt takes the next line of the script, a plain call's as a stream's; one without a line fails with an {@link
 * IllegalStateException} as its cause, and is not retried. Safe for use by several threads; calls at the same time take their
 * lines in the order in which their attempts begin.
 */
public final class ScriptedProvider extends LlmBaseProvider {

    private static final String NAME = "scripted";

    private final Deque<Flux<CompletionChunk>> script = new ArrayDeque<>();
    private final List<CompletionRequest> requests = new ArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();

    private ScriptedProvider(LlmConfig config) {
        super(NAME, config);
    }

    /** A provider with default settings. */
    public static ScriptedProvider create() {
        return create(config -> config);
    }

    /** A provider with these settings on top of the defaults. Its name is {@code scripted}, its model {@code model-1}. */
    public static ScriptedProvider create(UnaryOperator<LlmConfigBuilder> settings) {
        return new ScriptedProvider(
                settings.apply(LlmConfig.builder().provider(NAME).model("model-1"))
                        .build());
    }

    /** The next attempt, as a stream; a plain answer is what it adds up to. */
    public synchronized ScriptedProvider then(Flux<CompletionChunk> attempt) {
        script.add(attempt);
        return this;
    }

    /** The next attempt answers with these pieces of text. */
    public ScriptedProvider answers(String... pieces) {
        return then(Flux.fromArray(pieces.clone()).map(CompletionChunk::text));
    }

    /** The next attempt fails with this, before any content. */
    public ScriptedProvider fails(Throwable failure) {
        return then(Flux.error(failure));
    }

    /**
     * A failure as a provider reports it, retryable as its category usually is.
     *
     * @param status the HTTP status
     * @param retryAfter how long the server asks to wait; null if it does not
     */
    public static LlmException failure(ErrorCategory category, int status, @Nullable Duration retryAfter) {
        boolean retryable = ErrorForm.of(status, "", category).retryable();
        return LlmException.of(ErrorDetails.of(NAME, category, retryable, "scripted " + category.word())
                .response(status, null, null)
                .retryAfter(retryAfter)
                .phase(Phase.FIRST_BYTE));
    }

    /** The requests of all attempts so far, in the order in which they began. */
    public synchronized List<CompletionRequest> requests() {
        return List.copyOf(requests);
    }

    /** How many attempts were cancelled before they had ended. */
    public int cancelled() {
        return cancelled.get();
    }

    @Override
    protected Mono<Completion> attempt(CompletionRequest request) {
        return Mono.defer(() -> Completion.from(next(request)).doOnCancel(cancelled::incrementAndGet));
    }

    @Override
    protected Flux<CompletionChunk> attemptStream(CompletionRequest request) {
        return Flux.defer(() -> next(request).doOnCancel(cancelled::incrementAndGet));
    }

    private synchronized Flux<CompletionChunk> next(CompletionRequest request) {
        requests.add(request);
        Flux<CompletionChunk> next = script.poll();
        return next == null
                ? Flux.error(new IllegalStateException(
                        "attempt " + requests.size() + ": not scripted (expected: one more line of the script)"))
                : next;
    }
}
