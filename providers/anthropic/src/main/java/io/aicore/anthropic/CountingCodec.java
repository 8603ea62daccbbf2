package io.aicore.anthropic;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.TokenCountCodec;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code count_tokens}: the input of a request that is not asked. */
final class CountingCodec implements TokenCountCodec {

    // All else, the limit of the answer and what is drawn how, is refused there.
    private static final Set<String> FIELDS = Set.of(
            "model",
            "messages",
            "system",
            "tools",
            "tool_choice",
            "thinking",
            "output_config",
            "cache_control",
            // of beta features
            "context_management",
            "mcp_servers",
            "output_format",
            "speed");

    private final Envelope envelope;
    private final RequestEncoder encoder;
    private final String path;

    CountingCodec(Envelope envelope, RequestEncoder encoder, String path) {
        this.envelope = envelope;
        this.encoder = encoder;
        this.path = path;
    }

    @Override
    public WireRequest encode(CompletionRequest request) {
        return envelope.post(path, "application/json", request, this::body);
    }

    private Map<String, Object> body(CompletionRequest request) {
        Map<String, Object> body = encoder.body(request, false);
        body.keySet().retainAll(FIELDS);
        return body;
    }

    @Override
    public Long decode(CompletionRequest request, WireResponse response) {
        JsonNode tree;
        try {
            tree = Json.read(response.body());
        } catch (MalformedJsonException e) {
            throw malformed(request, response, "not_json", "the answer is " + e.getMessage());
        }
        if (ErrorsInside.in(tree)) {
            throw ErrorsInside.failure(envelope.errors(), request.model(), response, response.text(), Phase.BODY);
        }
        Long count = Json.whole(tree, "input_tokens");
        if (count == null) {
            throw envelope.errors().unfit(request.model(), response, "no_count", "the answer has no input_tokens");
        }
        return count;
    }

    private LlmException malformed(CompletionRequest request, WireResponse response, String code, String why) {
        return envelope.errors().malformed(request.model(), response, code, why);
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return envelope.errors().response(request.model(), response);
    }

    @Override
    public String toString() {
        return "CountingCodec[" + envelope.errors().provider() + ", " + path + "]";
    }
}
