package io.aicore.cohere;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonChatCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.RequestWarnings;
import io.aicore.llm.codec.StreamDecoder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cohere's chat, version 2. */
final class CohereCodec extends JsonChatCodec {

    CohereCodec(JsonEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected Map<String, Object> body(CompletionRequest request, boolean stream) {
        return RequestEncoder.body(request, stream);
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        List<Tool> tools = request.tools().tools();
        boolean mixed = tools.stream().anyMatch(Tool::strict) && !tools.stream().allMatch(Tool::strict);
        return new RequestWarnings(request, Map.of("documents", Set.of(Role.TOOL)), Set.of())
                .note(mixed, "tools sent as strict: the protocol knows all of them as strict or none")
                .effortLimitedTo(Thinking.limited(
                        request.reasoningEffort(), request.sampling().maxTokens()))
                .list();
    }

    /** Not beside tools or documents: the API refuses the two together. */
    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        return request.tools().tools().isEmpty() && !request.extra().containsKey("documents");
    }

    @Override
    protected Completion read(JsonAnswer answer) {
        return new AnswerDecoder(answer).decode();
    }

    @Override
    protected StreamDecoder reader(JsonAnswer answer) {
        return new CohereStreamDecoder(answer);
    }
}
