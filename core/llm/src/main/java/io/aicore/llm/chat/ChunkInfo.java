package io.aicore.llm.chat;

import org.jspecify.annotations.Nullable;

/**
 * What a stream says of the answer as a whole, in one or several chunks, mostly the last ones. Null means: not said
 * here.
 *
 * @param provenance on the very last chunk of a stream that succeeded
 */
public record ChunkInfo(
        @Nullable String id,
        @Nullable String model,
        @Nullable FinishReason finishReason,
        @Nullable String rawFinishReason,
        @Nullable Usage usage,
        @Nullable Provenance provenance) {

    /** Who answers: the first thing most streams say. */
    public static ChunkInfo of(@Nullable String id, @Nullable String model) {
        return new ChunkInfo(id, model, null, null, null, null);
    }

    /** Why the answer ended. */
    public static ChunkInfo of(FinishReason finishReason, @Nullable String rawFinishReason) {
        return new ChunkInfo(null, null, finishReason, rawFinishReason, null, null);
    }

    /** What the answer cost. */
    public static ChunkInfo of(Usage usage) {
        return new ChunkInfo(null, null, null, null, usage, null);
    }

    /** How the answer came. */
    public static ChunkInfo of(Provenance provenance) {
        return new ChunkInfo(null, null, null, null, null, provenance);
    }

    /**
     * Both together: who answers as first said, all else as last said, the usage as {@link Usage#updated} has it. Null if
     * neither says anything.
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
