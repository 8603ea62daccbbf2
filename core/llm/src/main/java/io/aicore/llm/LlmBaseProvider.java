package io.aicore.llm;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.RetryOnFailure;
import io.aicore.retry.RetrySettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Base class of custom providers: implement one attempt, and inherit retry, circuit breaker, credential latch,
 * timeouts, deadline, events and history.
 *
 * <pre>{@code
 * final class EchoProvider extends LlmBaseProvider {
 *     EchoProvider(LlmConfig config) {
 *         super("echo", config);
 *     }
 *
 *     protected Mono<Completion> attempt(CompletionRequest request) {
 *         return client.ask(request.messages()).map(Completion::of);
 *     }
 * }
 * }</pre>
 *
 * <p>An attempt is a cold publisher and must not block. It should fail with an {@link LlmException}, which defines
 * whether it is retryable; an {@code IOException} or {@code TimeoutException} counts as a connection failure or
 * timeout, any other exception as a bug that is not retried. Inside an attempt,
 * {@code io.aicore.retry.Attempt.current(context)} returns its number.
 */
public abstract class LlmBaseProvider implements LlmProvider, ProviderControls {

    private final LlmConfig config;
    private final CallFactory calls;
    private final Pipeline pipeline;

    /**
     * Creates a provider.
     *
     * @param name name of the provider in messages and records
     */
    @SuppressWarnings("this-escape") // Its methods are referred to, and called when a call begins.
    protected LlmBaseProvider(String name, LlmConfig config) {
        String endpoint = String.valueOf(config.baseUrl());
        Attempts attempts = new TimedAttempts(this, name, config);
        this.config = config;
        this.calls = new CallFactory(name, config, endpoint, this::retry, this::limitsPerModel);
        this.pipeline = new Pipeline(config, calls, attempts, KnownModels.of(config, name, endpoint));
    }

    /**
     * One attempt at a whole answer. Subscribed once per attempt, with the configured model, temperature and token
     * limit filled in. The attempt timeout applies to it.
     */
    protected abstract Mono<Completion> attempt(CompletionRequest request);

    /**
     * One attempt at a stream. Default: {@link #attempt} as a single chunk. The first chunk of any kind ends the
     * first-token timeout; idle and first-content timeout apply as well. Complete it only when the answer is complete;
     * a truncated one is an {@link io.aicore.llm.error.IncompleteStreamException}.
     */
    protected Flux<CompletionChunk> attemptStream(CompletionRequest request) {
        return attempt(request).flatMapIterable(LlmBaseProvider::chunks);
    }

    /**
     * One attempt at embeddings, for at most {@link #maxInputs} texts, with the configured model filled in. Default:
     * fails, because the provider has no embeddings. The attempt timeout applies to it.
     */
    protected Mono<Embeddings> attemptEmbed(EmbeddingRequest request) {
        return Mono.error(() -> FailureMapping.notOffered(name(), "embeddings"));
    }

    /** Maximum number of texts in one embedding request. Default: unlimited. */
    protected int maxInputs(EmbeddingRequest request) {
        return Integer.MAX_VALUE;
    }

    /**
     * One attempt to count the tokens of a request. Default: fails, because the provider cannot count. The attempt
     * timeout applies to it.
     */
    protected Mono<Long> attemptCountTokens(CompletionRequest request) {
        return Mono.error(() -> FailureMapping.notOffered(name(), "token counting"));
    }

    /**
     * Returns the retry of a call. Override it to customize {@code defaults}, which has the settings applied: narrow it
     * with {@code retryOn} and {@code giveUpOn}, or replace its classifier or settings. Called once per call.
     */
    protected RetryOnFailure retry(RetryOnFailure defaults) {
        return defaults;
    }

    @Override
    public final String name() {
        return calls.provider();
    }

    @Override
    public final Mono<Completion> complete(CompletionRequest request) {
        return pipeline.complete(request);
    }

    @Override
    public final Flux<CompletionChunk> stream(CompletionRequest request) {
        return pipeline.stream(request);
    }

    @Override
    public final Mono<Embeddings> embed(EmbeddingRequest request) {
        return pipeline.embed(request);
    }

    @Override
    public final Mono<Long> countTokens(CompletionRequest request) {
        return pipeline.countTokens(request);
    }

    @Override
    public final CircuitBreaker circuit(String model) {
        return calls.circuit(model);
    }

    @Override
    public final Admission admission() {
        return calls.admission();
    }

    @Override
    public final void admissionSettings(AdmissionSettings settings) {
        calls.admissionSettings(settings);
    }

    @Override
    public final RetryBudget retryBudget() {
        return calls.budget();
    }

    /**
     * Whether the provider's rate limits are per model. Default: true, as those of most providers are. False holds calls to
     * all models when one is limited.
     */
    protected boolean limitsPerModel() {
        return true;
    }

    @Override
    public final void retrySettings(RetrySettings settings) {
        calls.retrySettings(settings);
    }

    @Override
    public final void timeouts(Timeouts timeouts) {
        calls.timeouts(timeouts);
    }

    @Override
    public final void circuitSettings(CircuitSettings settings) {
        calls.circuitSettings(settings);
    }

    /** The settings of this provider. */
    protected final LlmConfig config() {
        return config;
    }

    static List<CompletionChunk> chunks(Completion answer) {
        List<ToolCallDelta> calls = new ArrayList<>();
        for (ToolCall call : answer.toolCalls()) {
            calls.add(new ToolCallDelta(calls.size(), call.id(), call.name(), call.arguments()));
        }
        ChunkInfo info = new ChunkInfo(
                answer.id(), answer.model(), answer.finishReason(), answer.rawFinishReason(), answer.usage(), null);
        return List.of(new CompletionChunk(
                answer.text(), orEmpty(answer.reasoning()), orEmpty(answer.refusal()), calls, info, answer.extra()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
