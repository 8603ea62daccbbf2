package io.aicore.anthropic;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonChatCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.Phase;
import java.util.List;
import java.util.Map;

/** Anthropic's Messages API. */
final class AnthropicCodec extends JsonChatCodec {

    private final RequestEncoder encoder;

    AnthropicCodec(JsonEndpoint endpoint, RequestEncoder encoder) {
        super(endpoint);
        this.encoder = encoder;
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        return Betas.header(super.encode(request, stream), request);
    }

    @Override
    protected Map<String, Object> body(CompletionRequest request, boolean stream) {
        return encoder.body(request, stream);
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        return encoder.warnings(request);
    }

    /** Claude takes schemas since 4.5, and those alone in which no object is open. */
    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        return request.responseFormat() instanceof ResponseFormat.JsonSchema wanted
                && wanted.strict()
                && ModelAge.takesSchemas(request.model());
    }

    @Override
    protected Completion read(JsonAnswer answer) {
        PlainMessage plain = new PlainMessage();
        return plain.fits(answer) ? plain.completion() : readTree(answer);
    }

    private static Completion readTree(JsonAnswer answer) {
        JsonFields tree = answer.single();
        JsonFields content = tree.at("content");
        if (ErrorsInside.in(tree) || (!content.isArray() && ErrorClassifier.complains(tree))) {
            throw ErrorsInside.failure(answer, answer.response().text(), Phase.BODY);
        }
        // A gateway's own words may stand in a field of the same name.
        boolean message = tree.has("role") || tree.has("stop_reason");
        if (!content.isArray() && !(message && (content.isString() || content.isObject()))) {
            throw answer.malformed("no_content", "the answer has no content blocks");
        }
        List<JsonFields> blocks = ChatJson.blocks(content, text -> Blocks.block("text", "text", text));
        return new AnthropicStreamDecoder(answer).whole(tree, blocks);
    }

    @Override
    protected StreamDecoder reader(JsonAnswer answer) {
        return new AnthropicStreamDecoder(answer);
    }
}
