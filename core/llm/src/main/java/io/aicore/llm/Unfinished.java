package io.aicore.llm;

import io.aicore.llm.codec.FollowUp;
import io.aicore.llm.codec.StreamDecoder;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts of one call leave at the provider for the next one to go on with: an answer that was announced, or the
 * rest of a stream. Attempts follow each other; a timer's thread may look at it as well.
 */
final class Unfinished {

    private volatile @Nullable FollowUp announced;
    private volatile @Nullable InTransit stream;

    /** Where the announced answer is; null if none was announced. */
    @Nullable
    FollowUp announced() {
        return announced;
    }

    /** The answer is announced there; null if it has come, or never will. */
    void announced(@Nullable FollowUp followUp) {
        announced = followUp;
    }

    /** The stream of the attempt that failed, if there is a rest of it to be had; else null, and what there was is forgotten. */
    @Nullable
    InTransit interrupted() {
        InTransit last = stream;
        if (last != null && last.rest() == null) {
            stream = null;
            return null;
        }
        return last;
    }

    /** Whether the next attempt at a stream goes on where the last one stopped. */
    boolean goesOn() {
        InTransit last = stream;
        return last != null && last.rest() != null;
    }

    /** A stream begins, or goes on. */
    InTransit streaming(StreamDecoder decoder) {
        InTransit next = new InTransit(decoder);
        stream = next;
        return next;
    }

    /** A chunk of the stream has arrived. */
    void arrived() {
        InTransit current = stream;
        if (current != null) {
            current.arrived();
        }
    }

    /** The attempt has failed: whether the next one can go on from here. */
    boolean stop() {
        InTransit current = stream;
        return current != null && current.stop();
    }
}
