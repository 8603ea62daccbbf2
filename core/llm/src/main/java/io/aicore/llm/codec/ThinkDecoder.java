package io.aicore.llm.codec;

import io.aicore.llm.chat.CompletionChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One stream, its think blocks as reasoning. */
final class ThinkDecoder implements StreamDecoder {

    private final StreamDecoder decoder;
    private final ThinkSplitter splitter = new ThinkSplitter();

    ThinkDecoder(StreamDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        List<CompletionChunk> chunks = split(decoder.decode(event));
        return decoder.ended() ? withRest(chunks) : chunks;
    }

    @Override
    public List<CompletionChunk> end() {
        return withRest(split(decoder.end()));
    }

    private List<CompletionChunk> split(List<CompletionChunk> chunks) {
        List<CompletionChunk> split = new ArrayList<>(chunks.size());
        for (CompletionChunk chunk : chunks) {
            splitter.add(chunk.text());
            if (chunk.info() != null && chunk.info().finishReason() != null) {
                splitter.end();
            }
            CompletionChunk parted = new CompletionChunk(
                    splitter.takeText(),
                    chunk.reasoning() + splitter.takeReasoning(),
                    chunk.refusal(),
                    chunk.toolCalls(),
                    chunk.info(),
                    chunk.extra());
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
            chunks.add(rest);
        }
        return chunks;
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
