package io.aicore.llm.observe;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param latency from the subscription to the end, waits included
 * @param timeToFirstToken from the start of the last attempt to its first token; null unless it was a stream that brought one
 * @param answer the answer, or what had arrived of one that broke; null for vectors, counts and cancelled calls
 * @param usage the tokens as far as the provider told them
 * @param provenance how the answer came and what it cost; null without an answer
 * @param response what the last attempt's response said of itself; null if there was none, or none over HTTP
 * @param error what the caller got instead; null unless it failed
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

    /** Without the words of answer and error. */
    @Override
    public String toString() {
        return "CallEnd[" + outcome + " after " + latency + ", " + usage + ", error="
                + (error == null ? null : error.getClass().getName()) + "]";
    }
}
