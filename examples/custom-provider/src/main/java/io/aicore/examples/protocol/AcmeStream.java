package io.aicore.examples.protocol;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonStreamDecoder;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import java.util.List;

/** Reads one stream: pieces of text, and at the end the reason for it and the cost. */
final class AcmeStream extends JsonStreamDecoder {

    AcmeStream(JsonAnswer answer) {
        super(answer);
    }

    // README: own-stream
    @Override
    protected boolean isError(WireEvent event, JsonFields tree) {
        return JsonAnswer.hasError(tree);
    }

    @Override
    protected List<CompletionChunk> next(WireEvent event, JsonFields tree) {
        String reason = tree.string("reason");
        if (reason == null) {
            return emit(CompletionChunk.text(tree.text("piece")));
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
