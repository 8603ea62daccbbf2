package io.aicore.anthropic;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.TokenCountCodec;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.Map;
import java.util.Set;

/** {@code count_tokens}: the input of a request that is not asked. */
record CountingCodec(JsonEndpoint endpoint, RequestEncoder encoder) implements TokenCountCodec {

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

    @Override
    public WireRequest encode(CompletionRequest request) {
        return Betas.header(endpoint.post(request.model(), false, () -> body(request)), request);
    }

    private Map<String, Object> body(CompletionRequest request) {
        Map<String, Object> body = encoder.body(request, false);
        body.keySet().retainAll(FIELDS);
        return body;
    }

    @Override
    public Long decode(CompletionRequest request, WireResponse response) {
        JsonAnswer answer = endpoint.answer(request.model(), response);
        JsonFields tree = answer.tree();
        if (ErrorsInside.in(tree)) {
            throw ErrorsInside.failure(answer, response.text(), Phase.BODY);
        }
        Long count = tree.whole("input_tokens");
        if (count == null) {
            throw answer.unfit("no_count", "the answer has no input_tokens");
        }
        return count;
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return endpoint.errors().response(request.model(), response);
    }
}
