package io.aicore.llm.codec;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Base class of decoders that change the chunks of another decoder. */
abstract class StreamDecorator implements StreamDecoder {

    private final StreamDecoder decoder;

    StreamDecorator(StreamDecoder decoder) {
        this.decoder = decoder;
    }

    /**
     * The changed chunk, or the chunk itself. One whose content is all held back is emitted only if it has something
     * else.
     */
    abstract CompletionChunk change(CompletionChunk chunk);

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        return changed(decoder.decode(event));
    }

    @Override
    public List<CompletionChunk> end() {
        return changed(decoder.end());
    }

    /** The list itself if nothing in it is changed, as in most events. */
    @SuppressWarnings("ReferenceEquality") // the chunk itself, not one like it
    private List<CompletionChunk> changed(List<CompletionChunk> chunks) {
        List<CompletionChunk> changed = null;
        for (int i = 0; i < chunks.size(); i++) {
            CompletionChunk chunk = chunks.get(i);
            CompletionChunk next = change(chunk);
            if (changed == null && next != chunk) {
                changed = new ArrayList<>(chunks.subList(0, i));
            }
            // A part of a tag, or half a character, says nothing yet.
            if (changed != null
                    && (next.hasContent()
                            || !chunk.hasContent()
                            || next.info() != null
                            || !next.extra().isEmpty())) {
                changed.add(next);
            }
        }
        return changed == null ? chunks : changed;
    }

    @Override
    public final boolean ended() {
        return decoder.ended();
    }

    @Override
    public final boolean whole() {
        return decoder.whole();
    }

    @Override
    public final @Nullable WireRequest resume() {
        return decoder.resume();
    }

    @Override
    public final void resumed(WireResponse head) {
        decoder.resumed(head);
    }
}
