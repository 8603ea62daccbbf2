package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.http.HttpTransport;
import java.net.URI;
import reactor.core.publisher.Mono;

/** A provider made of a wire protocol and the HTTP transport: the class that provider modules instantiate. */
public final class WireProvider extends LlmBaseProvider {

    private final Protocol protocol;
    private final HttpTransport transport;
    private final WireAttempts attempts;

    private WireProvider(String name, LlmConfig config, URI baseUrl, Protocol protocol) {
        super(name, config, baseUrl.toString());
        this.protocol = protocol;
        this.transport = HttpTransport.create(name, baseUrl, config.httpSettings(baseUrl), scheduler());
        this.attempts = new WireAttempts(name, transport, protocol, config, scheduler());
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
        return new WireProvider(name, config, baseUrl, protocol);
    }

    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        ChatCodec codec = protocol.chat();
        return codec != null && codec.nativeJsonSchema(config().withDefaults(request));
    }

    @Override
    protected Mono<Completion> attempt(CompletionRequest request) {
        return Mono.deferContextual(context ->
                attempts.complete(request, AttemptContext.alone(), context).exchange());
    }

    @Override
    Attempts attempts() {
        return attempts;
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
