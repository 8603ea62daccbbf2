package io.aicore.llm;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.http.HttpTransport;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.RetrySettings;
import java.net.URI;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A provider made of a wire protocol and the HTTP transport: the class that provider modules instantiate. */
public final class WireProvider implements LlmProvider, ProviderControls {

    private final LlmConfig config;
    private final Protocol protocol;
    private final HttpTransport transport;
    private final CallFactory calls;
    private final Pipeline pipeline;

    private WireProvider(
            LlmConfig config, Protocol protocol, HttpTransport transport, CallFactory calls, Pipeline pipeline) {
        this.config = config;
        this.protocol = protocol;
        this.transport = transport;
        this.calls = calls;
        this.pipeline = pipeline;
    }

    /**
     * Creates a provider for this protocol and address, with its own connections.
     *
     * @param baseUrl complete: only the codec's paths are appended
     */
    public static WireProvider create(LlmConfig config, String name, URI baseUrl, ChatCodec codec) {
        return create(config, name, baseUrl, Protocol.NONE.chat(codec));
    }

    /** Creates a provider for a protocol with more than completions. */
    public static WireProvider create(LlmConfig config, String name, URI baseUrl, Protocol protocol) {
        Scheduler scheduler = CallFactory.scheduler(config);
        HttpTransport transport = HttpTransport.admitted(name, baseUrl, config.httpSettings(baseUrl), scheduler);
        WireAttempts attempts = new WireAttempts(name, transport, protocol, config, scheduler);
        String endpoint = baseUrl.toString();
        CallFactory calls = new CallFactory(name, config, endpoint, retry -> retry, () -> true);
        Pipeline pipeline = new Pipeline(config, calls, attempts, KnownModels.of(config, name, endpoint));
        return new WireProvider(config, protocol, transport, calls, pipeline);
    }

    @Override
    public String name() {
        return calls.provider();
    }

    @Override
    public Mono<Completion> complete(CompletionRequest request) {
        return pipeline.complete(request);
    }

    @Override
    public Flux<CompletionChunk> stream(CompletionRequest request) {
        return pipeline.stream(request);
    }

    @Override
    public Mono<Embeddings> embed(EmbeddingRequest request) {
        return pipeline.embed(request);
    }

    @Override
    public Mono<Long> countTokens(CompletionRequest request) {
        return pipeline.countTokens(request);
    }

    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        ChatCodec codec = protocol.chat();
        return codec != null && codec.nativeJsonSchema(config.defaults().fill(request));
    }

    @Override
    public CircuitBreaker circuit(String model) {
        return calls.circuit(model);
    }

    @Override
    public Admission admission() {
        return calls.admission();
    }

    @Override
    public void admissionSettings(AdmissionSettings settings) {
        calls.admissionSettings(settings);
    }

    @Override
    public RetryBudget retryBudget() {
        return calls.budget();
    }

    @Override
    public void retrySettings(RetrySettings settings) {
        calls.retrySettings(settings);
    }

    @Override
    public void timeouts(Timeouts timeouts) {
        calls.timeouts(timeouts);
    }

    @Override
    public void circuitSettings(CircuitSettings settings) {
        calls.circuitSettings(settings);
    }

    @Override
    public void dispose() {
        transport.dispose();
    }

    @Override
    public boolean isDisposed() {
        return transport.isDisposed();
    }
}
