package io.aicore.openai;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.WireRequest;
import io.aicore.llm.codec.WireResponse;
import io.aicore.llm.error.LlmException;

/**
 * OpenAI's Responses API. Nothing is kept by the provider unless the request says so ({@code store} in its extra fields):
 * the conversation goes with each request, the model's encrypted thoughts included.
 *
 * @param chat the host's chat completions: its models are the same
 */
record ResponsesCodec(Endpoint endpoint, ResponsesDialect dialect, Dialect chat) implements ChatCodec {

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        return endpoint.post(request.model(), stream, () -> new ResponsesEncoder(dialect).body(request, stream));
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        return new ResponsesDecoder(new PlainAnswer(endpoint.errors(), request.model(), response)).decode();
    }

    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        return chat.holdsToSchemas(request.model());
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        return new ResponsesStreamDecoder(endpoint, request, head);
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return endpoint.errors().response(request.model(), response);
    }
}
