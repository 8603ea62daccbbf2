package io.aicore.llm.codec;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes one stream, with think blocks as reasoning. */
final class ThinkDecoder implements StreamDecoder {

    private final StreamDecoder decoder;
    private final JsonAnswer answer;
    private final ThinkSplitter splitter = new ThinkSplitter();
    private boolean said;
    private boolean thought;
    private @Nullable FinishReason finish;

    /**
     * @param answer with the stream's head
     */
    ThinkDecoder(StreamDecoder decoder, JsonAnswer answer) {
        this.decoder = decoder;
        this.answer = answer;
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        List<CompletionChunk> chunks = split(decoder.decode(event));
        return decoder.ended() ? withRest(chunks) : chunks;
    }

    @Override
    public List<CompletionChunk> end() {
        List<CompletionChunk> chunks = withRest(split(decoder.end()));
        if (splitter.anyBlock() && !said && finish == FinishReason.STOP) {
            throw thought ? answer.reasoningOnly() : answer.empty();
        }
        return chunks;
    }

    private List<CompletionChunk> split(List<CompletionChunk> chunks) {
        List<CompletionChunk> split = new ArrayList<>(chunks.size());
        for (CompletionChunk chunk : chunks) {
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
            // A piece of a tag alone says nothing yet.
            if (parted.hasContent()
                    || !chunk.hasContent()
                    || parted.info() != null
                    || !parted.extra().isEmpty()) {
                split.add(parted);
            }
        }
        return split;
    }

    private List<CompletionChunk> withRest(List<CompletionChunk> chunks) {
        splitter.end();
        CompletionChunk rest =
                new CompletionChunk(splitter.takeText(), splitter.takeReasoning(), "", List.of(), null, Map.of());
        if (rest.hasContent()) {
            told(rest);
            chunks.add(rest);
        }
        return chunks;
    }

    private void told(CompletionChunk chunk) {
        thought |= !chunk.reasoning().isEmpty();
        said |= !chunk.text().isEmpty()
                || !chunk.refusal().isEmpty()
                || !chunk.toolCalls().isEmpty();
    }

    @Override
    public boolean ended() {
        return decoder.ended();
    }

    @Override
    public boolean whole() {
        return decoder.whole();
    }

    @Override
    public @Nullable WireRequest resume() {
        return decoder.resume();
    }

    @Override
    public void resumed(WireResponse head) {
        decoder.resumed(head);
    }
}
