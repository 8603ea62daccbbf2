package io.aicore.llm.codec;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates what the events of a stream say of its answer as a whole, and emits each value once: who answers with the first
 * content, why it ended, what it cost. One for each stream; not for several threads at once.
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

    /** Who answers, as first said: what is null or empty is not said. */
    public void identify(@Nullable String id, @Nullable String model) {
        this.id = this.id == null && id != null && !id.isEmpty() ? id : this.id;
        this.model = this.model == null && model != null && !model.isEmpty() ? model : this.model;
    }

    /** Forgets what was said: the answer begins anew. */
    public void clear() {
        id = null;
        model = null;
        finish = null;
        word = null;
        usage = null;
    }

    /** The answer's id; null if it was not said yet. */
    public @Nullable String id() {
        return id;
    }

    /** What it cost, as last said; null says nothing, and a zero nothing of its count. */
    public void usage(@Nullable Usage usage) {
        if (usage != null) {
            this.usage = this.usage == null ? usage : this.usage.updated(usage);
        }
    }

    /** Why it ended, as first said: hosts repeat it. */
    public void finish(FinishReason reason, @Nullable String word) {
        if (finish == null) {
            finish = reason;
            this.word = word;
        }
    }

    /** Why it ended; null if that was not said yet. */
    public @Nullable FinishReason finish() {
        return finish;
    }

    /** Whether there was content. */
    public boolean content() {
        return content;
    }

    /**
     * What is new, to go out with the next chunk; null if nothing is.
     *
     * @param content whether that chunk has content
     * @param withUsage whether the usage is more than a count so far
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
