package io.aicore.llm;

import io.aicore.llm.codec.FollowUp;
import io.aicore.llm.codec.StreamDecoder;
import org.jspecify.annotations.Nullable;

/**
 * State an attempt leaves for the next one: a pending answer or a resumable stream. Attempts follow each other; a
 * timer's thread may read it as well.
 */
final class ResumeState {

    private volatile @Nullable FollowUp announced;
    private volatile @Nullable DeliveryTracker stream;

    /** The address of the announced answer; null if none was announced. */
    @Nullable
    FollowUp announced() {
        return announced;
    }

    /** Sets the address of the announced answer; null when it has arrived, or never will. */
    void announced(@Nullable FollowUp followUp) {
        announced = followUp;
    }

    /** The failed attempt's stream if it can be resumed; otherwise null, and it is discarded. */
    @Nullable
    DeliveryTracker interrupted() {
        DeliveryTracker last = stream;
        if (last != null && last.rest() == null) {
            stream = null;
            return null;
        }
        return last;
    }

    /** Whether the next attempt resumes the stream of the last one. */
    boolean goesOn() {
        DeliveryTracker last = stream;
        return last != null && last.rest() != null;
    }

    /** Starts or resumes a stream. */
    DeliveryTracker streaming(StreamDecoder decoder) {
        DeliveryTracker next = new DeliveryTracker(decoder);
        stream = next;
        return next;
    }

    /** A chunk of the stream was delivered. */
    void arrived() {
        DeliveryTracker current = stream;
        if (current != null) {
            current.arrived();
        }
    }

    /** Ends the failed attempt; true if the next one can resume here. */
    boolean stop() {
        DeliveryTracker current = stream;
        return current != null && current.stop();
    }
}
