package io.aicore.examples.protocol;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonStreamDecoder;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireEvent;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads one stream: pieces of text, and at the end the reason for it and the cost. */
final class AcmeStream extends JsonStreamDecoder {

    AcmeStream(JsonAnswer answer) {
        super(answer);
    }

    // README: own-stream
    @Override
    protected boolean isError(WireEvent event, JsonNode tree) {
        return JsonAnswer.hasError(tree);
    }

    @Override
    protected List<CompletionChunk> next(WireEvent event, JsonNode tree) {
        String reason = Json.string(tree, "reason");
        if (reason == null) {
            return emit(CompletionChunk.text(Json.text(tree, "piece")));
        }
        FinishReason finish = AcmeCodec.finish(reason);
        requireAnswer(finish, false);
        metadata().finish(finish, reason);
        metadata().usage(AcmeCodec.usage(tree));
        return last(emit(CompletionChunk.text(""), true));
    }

    @Override
    protected String missing() {
        return "the stream ended without a reason";
    }
    // README end
}
