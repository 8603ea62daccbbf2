package io.aicore.llm.observe;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a call.
 *
 * @param latency from the subscription to the end, waits included
 * @param timeToFirstToken from the start of the last attempt to its first token; null unless it was a stream with a
 *     token
 * @param answer the answer, or the partial one of a failed stream; null for embeddings, counts and cancelled calls
 * @param usage the tokens as far as the provider reported them
 * @param provenance response metadata and cost; null without an answer
 * @param response metadata of the last attempt's response; null without one, or if it did not come over HTTP
 * @param error the error that the caller got; null unless the call failed
 */
public record CallEnd(
        CallOutcome outcome,
        Duration latency,
        @Nullable Duration timeToFirstToken,
        @Nullable Completion answer,
        @Nullable Usage usage,
        @Nullable Provenance provenance,
        @Nullable ResponseHead response,
        @Nullable Throwable error) {

    /** Omits the text of answer and error. */
    @Override
    public String toString() {
        return "CallEnd[" + outcome + " after " + latency + ", " + usage + ", error="
                + (error == null ? null : error.getClass().getName()) + "]";
    }
}
