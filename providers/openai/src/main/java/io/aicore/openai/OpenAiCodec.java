package io.aicore.openai;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.MessageExtras;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenAI's chat completions. Of an answer with several choices (a request with {@code n > 1} in its extra fields) only the
 * one with index 0 is read.
 */
final class OpenAiCodec implements ChatCodec {

    private final Endpoint endpoint;
    private final ErrorClassifier errors;
    private final RequestEncoder encoder;
    private final Dialect dialect;

    OpenAiCodec(Endpoint endpoint, Dialect dialect) {
        this.endpoint = endpoint;
        this.errors = endpoint.errors();
        this.encoder = new RequestEncoder(dialect);
        this.dialect = dialect;
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        return endpoint.post(request.model(), stream, () -> encoder.body(request, stream));
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        List<String> warnings = new ArrayList<>(MessageExtras.unsent(request, MessageEncoder.FIELDS));
        warnings.addAll(new RequestEncoder(dialect).unsaid(request));
        return warnings;
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        return new CompletionDecoder(errors, request.model(), response).decode();
    }

    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        return dialect.holdsToSchemas(request.model());
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        return new OpenAiStreamDecoder(errors, request.model(), head, dialect.terminator());
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return errors.response(request.model(), response);
    }

    @Override
    public String toString() {
        return "OpenAiCodec[" + endpoint + "]";
    }
}
