package io.aicore.gemini;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ToolOptions;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonChatCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.RequestWarnings;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code generateContent} and {@code streamGenerateContent}. Of an answer with several candidates (a request with {@code
 * candidateCount} in its extra fields) only the one with index 0 is read.
 */
final class GeminiCodec extends JsonChatCodec {

    private static final Pattern TAKES_SCHEMAS = Pattern.compile("(models/)?gemini-(?!1[.-]).*");

    /** @param api what {@code /models/…} is appended to */
    GeminiCodec(JsonEndpoint api) {
        super(api);
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        String method = stream ? ":streamGenerateContent?alt=sse" : ":generateContent";
        return Models.endpoint(endpoint(), request.model(), method)
                .post(request.model(), stream, () -> body(request, stream));
    }

    @Override
    protected Map<String, Object> body(CompletionRequest request, boolean stream) {
        return RequestEncoder.body(request);
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        ToolOptions use = request.tools();
        String own = "the protocol has it for functions alone, and the request has none";
        return new RequestWarnings(request, Set.of())
                .withoutImageDetail()
                .withoutFileNames()
                .leftOut(use.isForced() && !use.isEmpty() && use.tools().isEmpty(), "tool choice", own)
                .leftOut(
                        Boolean.FALSE.equals(use.parallel()) && !use.tools().isEmpty(),
                        "parallel tool calls false",
                        "the protocol has no such field")
                .effortSentAs(Thinking.word(request.model(), request.reasoningEffort()))
                .list();
    }

    /** Gemini takes schemas since 2.0, but not together with tools; other models on these hosts take none. */
    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        String model = request.model() == null ? "" : request.model();
        return request.tools().tools().isEmpty() && TAKES_SCHEMAS.matcher(model).matches();
    }

    @Override
    protected Completion read(JsonAnswer answer) {
        return new AnswerDecoder(answer).decode();
    }

    @Override
    protected StreamDecoder reader(JsonAnswer answer) {
        return new GeminiStreamDecoder(answer);
    }
}
