package io.aicore.llm.chat;

import org.jspecify.annotations.Nullable;

/**
 * Metadata of the whole answer, in one or several chunks of a stream, usually the last ones. Null means not in this
 * chunk.
 *
 * @param provenance on the very last chunk of a successful stream
 */
public record ChunkInfo(
        @Nullable String id,
        @Nullable String model,
        @Nullable FinishReason finishReason,
        @Nullable String rawFinishReason,
        @Nullable Usage usage,
        @Nullable Provenance provenance) {

    /** Id and model, which most streams send first. */
    public static ChunkInfo of(@Nullable String id, @Nullable String model) {
        return new ChunkInfo(id, model, null, null, null, null);
    }

    /** The reason why the answer ended. */
    public static ChunkInfo of(FinishReason finishReason, @Nullable String rawFinishReason) {
        return new ChunkInfo(null, null, finishReason, rawFinishReason, null, null);
    }

    /** The token usage of the answer. */
    public static ChunkInfo of(Usage usage) {
        return new ChunkInfo(null, null, null, null, usage, null);
    }

    /** The response metadata. */
    public static ChunkInfo of(Provenance provenance) {
        return new ChunkInfo(null, null, null, null, null, provenance);
    }

    /**
     * Merges both: id and model from the first that has them, everything else from the last, the usage as by
     * {@link Usage#updated}. Null if both are null.
     */
    public static @Nullable ChunkInfo merge(@Nullable ChunkInfo old, @Nullable ChunkInfo next) {
        if (old == null || next == null) {
            return old == null ? next : old;
        }
        boolean reason = next.finishReason != null;
        return new ChunkInfo(
                old.id != null ? old.id : next.id,
                old.model != null ? old.model : next.model,
                reason ? next.finishReason : old.finishReason,
                reason ? next.rawFinishReason : old.rawFinishReason,
                old.usage != null && next.usage != null
                        ? old.usage.updated(next.usage)
                        : next.usage != null ? next.usage : old.usage,
                next.provenance != null ? next.provenance : old.provenance);
    }
}
