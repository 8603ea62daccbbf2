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
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.Phase;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cohere's chat, version 2. */
final class CohereCodec extends JsonChatCodec {

    // Elsewhere a lack of capacity; here it stands for a blocked input or output, whatever the words.
    private static final int BLOCKED = 498;

    CohereCodec(JsonEndpoint endpoint) {
        super(endpoint);
    }

    static ErrorClassifier errors(String provider) {
        return new ErrorClassifier(provider).status(ErrorCategory.CONTENT_FILTERED, BLOCKED);
    }

    /** Whether this is an error in the place of an answer or of an event: its message is a text, an answer's an object. */
    static boolean isError(JsonFields tree) {
        return tree.at("message").isString() || tree.at("error_type").isString() || JsonAnswer.hasError(tree);
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
        PlainAnswer plain = new PlainAnswer();
        return plain.fits(answer) ? plain.completion(answer.model() == null ? "" : answer.model()) : readTree(answer);
    }

    private static Completion readTree(JsonAnswer answer) {
        JsonFields tree = answer.single();
        new Ending(tree).requireSuccess(answer, Phase.BODY);
        if (isError(tree)) {
            throw answer.reported(answer.response().text(), Phase.BODY);
        }
        if (!tree.at("message").isObject()) {
            throw answer.malformed("no_message", "the answer has no message");
        }
        Completion completion = new CohereStreamDecoder(answer).whole(tree);
        return completion.finishReason().allowsEmpty() ? completion : answer.answered(completion);
    }

    @Override
    protected StreamDecoder reader(JsonAnswer answer) {
        return new CohereStreamDecoder(answer);
    }
}
