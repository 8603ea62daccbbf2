package io.aicore.llm.codec;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates response metadata of a stream and emits each value once: id and model with the first content, the finish
 * reason, the usage. One instance per stream; not thread-safe.
 */
public final class StreamMetadata {

    private @Nullable String id;
    private @Nullable String model;
    private @Nullable FinishReason finish;
    private @Nullable String word;
    private @Nullable Usage usage;
    private @Nullable Usage emittedUsage;
    private boolean introduced;
    private boolean emittedFinish;
    private boolean content;

    /** Creates the metadata of a stream that has not begun. */
    public StreamMetadata() {}

    /** Sets id and model; the first value counts, null and empty values are ignored. */
    public void identify(@Nullable String id, @Nullable String model) {
        this.id = this.id == null && id != null && !id.isEmpty() ? id : this.id;
        this.model = this.model == null && model != null && !model.isEmpty() ? model : this.model;
    }

    /** Resets all values: the answer begins again. */
    public void clear() {
        id = null;
        model = null;
        finish = null;
        word = null;
        usage = null;
    }

    /** The answer's id; null without one so far. */
    public @Nullable String id() {
        return id;
    }

    /** Sets the usage; the last value counts, null is ignored, and so is a zero for its count. */
    public void usage(@Nullable Usage usage) {
        if (usage != null) {
            this.usage = this.usage == null ? usage : this.usage.updated(usage);
        }
    }

    /** Sets the finish reason; the first one counts, because hosts repeat it. */
    public void finish(FinishReason reason, @Nullable String word) {
        if (finish == null) {
            finish = reason;
            this.word = word;
        }
    }

    /** The finish reason; null without one so far. */
    public @Nullable FinishReason finish() {
        return finish;
    }

    /** Whether there was content. */
    public boolean content() {
        return content;
    }

    /**
     * The metadata for the next chunk; null if nothing is new.
     *
     * @param content whether that chunk has content
     * @param withUsage whether the usage is final rather than a running count
     */
    public @Nullable ChunkInfo next(boolean content, boolean withUsage) {
        this.content |= content;
        boolean finishes = finish != null && !emittedFinish;
        boolean introduce = !introduced && (content || finishes) && (id != null || model != null);
        Usage news = withUsage && usage != null && !usage.equals(emittedUsage) ? usage : null;
        if (!introduce && !finishes && news == null) {
            return null;
        }
        introduced |= introduce;
        emittedFinish |= finishes;
        emittedUsage = news == null ? emittedUsage : news;
        return new ChunkInfo(
                introduce ? id : null,
                introduce ? model : null,
                finishes ? finish : null,
                finishes ? word : null,
                news,
                null);
    }
}
