package io.aicore.llm.codec;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.wire.WireEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes one stream, with think blocks as reasoning. */
final class ThinkDecoder extends StreamDecorator {

    private final JsonAnswer answer;
    private final ThinkSplitter splitter = new ThinkSplitter();
    private boolean said;
    private boolean thought;
    private @Nullable FinishReason finish;

    /**
     * @param answer with the stream's head
     */
    ThinkDecoder(StreamDecoder decoder, JsonAnswer answer) {
        super(decoder);
        this.answer = answer;
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        List<CompletionChunk> chunks = super.decode(event);
        return ended() ? withRest(chunks) : chunks;
    }

    @Override
    public List<CompletionChunk> end() {
        List<CompletionChunk> chunks = withRest(super.end());
        if (splitter.anyBlock() && !said && finish == FinishReason.STOP) {
            throw thought ? answer.reasoningOnly() : answer.empty();
        }
        return chunks;
    }

    @Override
    CompletionChunk change(CompletionChunk chunk) {
        if (splitter.passes() && chunk.info() == null) {
            told(chunk);
            return chunk;
        }
        splitter.add(chunk.text());
        if (chunk.info() != null && chunk.info().finishReason() != null) {
            splitter.end();
            finish = chunk.info().finishReason();
        }
        CompletionChunk parted = new CompletionChunk(
                splitter.takeText(),
                chunk.reasoning() + splitter.takeReasoning(),
                chunk.refusal(),
                chunk.toolCalls(),
                chunk.info(),
                chunk.extra());
        told(parted);
        return parted;
    }

    private List<CompletionChunk> withRest(List<CompletionChunk> chunks) {
        splitter.end();
        CompletionChunk rest =
                new CompletionChunk(splitter.takeText(), splitter.takeReasoning(), "", List.of(), null, Map.of());
        if (!rest.hasContent()) {
            return chunks;
        }
        told(rest);
        List<CompletionChunk> all = new ArrayList<>(chunks);
        all.add(rest);
        return all;
    }

    private void told(CompletionChunk chunk) {
        thought |= !chunk.reasoning().isEmpty();
        said |= !chunk.text().isEmpty()
                || !chunk.refusal().isEmpty()
                || !chunk.toolCalls().isEmpty();
    }
}
