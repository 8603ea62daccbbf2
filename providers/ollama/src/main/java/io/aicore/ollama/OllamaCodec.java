package io.aicore.ollama;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonChatCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.RequestWarnings;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.StreamFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ollama's {@code /api/chat}; a stream has a JSON object a line. */
final class OllamaCodec extends JsonChatCodec {

    OllamaCodec(JsonEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected String accept(boolean stream) {
        return stream ? "application/x-ndjson" : super.accept(false);
    }

    @Override
    protected Map<String, Object> body(CompletionRequest request, boolean stream) {
        return RequestEncoder.body(request, stream);
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        return new RequestWarnings(request, Set.of())
                .withoutImageDetail()
                .withoutStrictTools()
                .effortSentAs(RequestEncoder.think(request.reasoningEffort()) instanceof String level ? level : null)
                .list();
    }

    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        return true;
    }

    @Override
    public StreamFormat streamFormat() {
        return StreamFormat.jsonLines();
    }

    @Override
    protected StreamDecoder reader(JsonAnswer answer) {
        return new OllamaStreamDecoder(answer);
    }

    @Override
    protected Completion read(JsonAnswer answer) {
        TextLine plain = TextLine.whole();
        return plain.fits(answer) ? plain.completion() : readTree(answer);
    }

    private static Completion readTree(JsonAnswer answer) {
        Piece piece = new Piece(answer.single(JsonAnswer::hasError));
        if (!piece.isMessage()) {
            throw answer.malformed("no_message", "the answer has no message");
        }
        List<ToolCall> calls = piece.calls(0);
        FinishReason finish = piece.finish(!calls.isEmpty());
        Beside beside = new Beside();
        beside.add(piece);
        Completion completion = Completion.of(piece.text())
                .model(piece.model())
                .toolCalls(calls)
                .reasoning(piece.thinking())
                .finish(finish, piece.reason())
                .usage(piece.usage())
                .extra(beside.extra());
        if (!piece.isLast()) {
            throw answer.malformed("not_done", "the answer is the beginning of a stream", completion);
        }
        return beside.hasImages() || finish.allowsEmpty() ? completion : answer.answered(completion);
    }
}
