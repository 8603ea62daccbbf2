package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.http.HttpTransport;
import java.net.URI;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A provider made of a wire protocol and the HTTP transport: the class that provider modules instantiate. */
public final class WireProvider extends LlmBaseProvider {

    private final Protocol protocol;
    private final HttpTransport transport;
    private final WireAttempts attempts;

    private WireProvider(
            String name,
            LlmConfig config,
            URI baseUrl,
            Protocol protocol,
            HttpTransport transport,
            WireAttempts attempts) {
        super(name, config, baseUrl.toString(), attempts);
        this.protocol = protocol;
        this.transport = transport;
        this.attempts = attempts;
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
        return new WireProvider(name, config, baseUrl, protocol, transport, attempts);
    }

    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        ChatCodec codec = protocol.chat();
        return codec != null && codec.nativeJsonSchema(config().defaults().fill(request));
    }

    @Override
    protected Mono<Completion> attempt(CompletionRequest request) {
        return Mono.deferContextual(context ->
                attempts.complete(request, AttemptContext.alone(), context).exchange());
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
