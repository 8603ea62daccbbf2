package io.aicore.gemini;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.MessageExtras;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code generateContent} and {@code streamGenerateContent}. Of an answer with several candidates (a request with {@code
 * candidateCount} in its extra fields) only the one with index 0 is read.
 */
final class GeminiCodec implements ChatCodec {

    private static final Pattern TAKES_SCHEMAS = Pattern.compile("(models/)?gemini-(?!1[.-]).*");

    private final Envelope envelope;
    private final ErrorClassifier errors;

    GeminiCodec(Envelope envelope) {
        this.envelope = envelope;
        this.errors = envelope.errors();
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        return envelope.post(
                request.model(),
                stream ? ":streamGenerateContent?alt=sse" : ":generateContent",
                stream ? "text/event-stream" : "application/json",
                new RequestEncoder(envelope.provider()).body(request));
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        return MessageExtras.unsent(request, Set.of());
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        return new AnswerDecoder(failures(request, response)).decode();
    }

    /** Gemini takes schemas since 2.0, but not together with tools; other models on these hosts take none. */
    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        String model = request.model() == null ? "" : request.model();
        return request.tools().tools().isEmpty() && TAKES_SCHEMAS.matcher(model).matches();
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        return new GeminiStreamDecoder(failures(request, head));
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return errors.response(request.model(), response);
    }

    @Override
    public String toString() {
        return "GeminiCodec[" + envelope.provider() + ", " + envelope.path() + "]";
    }

    private Failures failures(CompletionRequest request, WireResponse response) {
        return new Failures(errors, request.model(), response);
    }
}
