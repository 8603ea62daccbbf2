package io.aicore.llm.codec;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.Map;

/**
 * Base class of protocols whose requests and answers are JSON: a subclass creates the body and reads answers and
 * streams.
 */
public abstract class JsonChatCodec implements ChatCodec {

    private final JsonEndpoint endpoint;

    /** Creates the protocol for this endpoint. */
    protected JsonChatCodec(JsonEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** The request's body, with a fixed order of fields; may throw {@code NotOnTheWireException}. */
    protected abstract Map<String, Object> body(CompletionRequest request, boolean stream);

    /** Reads the answer in this response. */
    protected abstract Completion read(JsonAnswer answer);

    /** Creates a decoder for the stream with this head. */
    protected abstract StreamDecoder reader(JsonAnswer answer);

    /** The content type that is requested. Default: server-sent events for a stream, otherwise JSON. */
    protected String accept(boolean stream) {
        return JsonRequests.accept(stream);
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        return endpoint.post(request.model(), accept(stream), () -> body(request, stream));
    }

    @Override
    public final Completion decode(CompletionRequest request, WireResponse response) {
        return read(endpoint.answer(request.model(), response));
    }

    @Override
    public final StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        return reader(endpoint.answer(request.model(), head));
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return endpoint.errors().response(request.model(), response);
    }

    /** The endpoint of this protocol. */
    protected final JsonEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + endpoint + "]";
    }
}
