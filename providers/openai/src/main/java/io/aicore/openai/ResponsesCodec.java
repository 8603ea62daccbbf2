package io.aicore.openai;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.FollowUp;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.RequestWarnings;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's Responses API. The provider stores nothing unless the request asks for it ({@code store} in its extra
 * fields): the conversation is sent with each request, including the model's encrypted reasoning.
 *
 * <p>With {@code background} in the extra fields the provider works independently of the connection: a whole answer is
 * polled until it is there, and a stream that broke is resumed where it broke.
 *
 * @param chat the host's chat completions, with the same models
 */
record ResponsesCodec(JsonEndpoint endpoint, ResponsesDialect dialect, Dialect chat) implements ChatCodec {

    // The vendor's own advice for how often to look.
    private static final Duration WAIT = Duration.ofSeconds(2);

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        return endpoint.post(request.model(), stream, () -> new ResponsesEncoder(dialect).body(request, stream));
    }

    @Override
    public @Nullable FollowUp followUp(CompletionRequest request, WireResponse response) {
        if (!ResponsesEncoder.inBackground(request)) {
            return null;
        }
        try {
            ResponseObject announced = new ResponseObject(Json.read(response.body()), CallerTools.ANY);
            String id = announced.id();
            return id == null || !announced.underWay() ? null : new FollowUp(endpoint.get(id, false, ""), WAIT);
        } catch (MalformedJsonException e) {
            // Nothing that announces an answer: what it is instead is for decode to say.
            return null;
        }
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        return new RequestWarnings(request, Set.of()).list();
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        return new ResponsesDecoder(endpoint.answer(request.model(), response), CallerTools.of(request)).decode();
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
