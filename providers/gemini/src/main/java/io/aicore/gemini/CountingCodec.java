package io.aicore.gemini;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.TokenCountCodec;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * {@code countTokens}. The Gemini API takes the whole request as one field, Vertex some of its fields.
 *
 * @param api what {@code /models/…} is appended to
 */
record CountingCodec(JsonEndpoint api, boolean vertex) implements TokenCountCodec {

    private static final Set<String> VERTEX_FIELDS =
            Set.of("contents", "systemInstruction", "tools", "generationConfig");

    @Override
    public WireRequest encode(CompletionRequest request) {
        return Models.endpoint(api, request.model(), ":countTokens").post(request.model(), false, () -> body(request));
    }

    private Map<String, Object> body(CompletionRequest request) {
        Map<String, Object> body = RequestEncoder.body(request);
        if (vertex) {
            body.keySet().retainAll(VERTEX_FIELDS);
            return body;
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("model", Models.resource(request.model()));
        whole.putAll(body);
        return Map.of("generateContentRequest", whole);
    }

    @Override
    public Long decode(CompletionRequest request, WireResponse response) {
        JsonAnswer answer = api.answer(request.model(), response);
        Long total = answer.tree(Failures::isError).whole("totalTokens");
        if (total == null) {
            throw answer.unfit("no_count", "the answer has no totalTokens");
        }
        return total;
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return api.errors().response(request.model(), response);
    }
}
