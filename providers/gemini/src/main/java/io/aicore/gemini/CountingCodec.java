package io.aicore.gemini;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.TokenCountCodec;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code countTokens}. The Gemini API takes the whole request as one field, Vertex some of its fields. */
final class CountingCodec implements TokenCountCodec {

    private static final Set<String> VERTEX_FIELDS =
            Set.of("contents", "systemInstruction", "tools", "generationConfig");

    private final Envelope envelope;
    private final boolean vertex;

    CountingCodec(Envelope envelope, boolean vertex) {
        this.envelope = envelope;
        this.vertex = vertex;
    }

    @Override
    public WireRequest encode(CompletionRequest request) {
        Map<String, Object> body = new RequestEncoder(envelope.provider()).body(request);
        if (vertex) {
            body.keySet().retainAll(VERTEX_FIELDS);
        } else {
            Map<String, Object> whole = new LinkedHashMap<>();
            whole.put("model", Envelope.resource(request.model()));
            whole.putAll(body);
            body = Map.of("generateContentRequest", whole);
        }
        return envelope.post(request.model(), ":countTokens", "application/json", body);
    }

    @Override
    public Long decode(CompletionRequest request, WireResponse response) {
        Failures failures = new Failures(envelope.errors(), request.model(), response);
        Long total = Json.whole(failures.tree(), "totalTokens");
        if (total == null) {
            throw failures.unfit("no_count", "the answer has no totalTokens");
        }
        return total;
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return envelope.errors().response(request.model(), response);
    }
}
