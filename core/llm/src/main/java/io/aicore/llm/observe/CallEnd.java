package io.aicore.llm.observe;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The end of a call. Its text has neither answer nor error message. */
public interface CallEnd {

    CallOutcome outcome();

    /** From the subscription to the end, waits included. */
    Duration latency();

    /** From the start of the last attempt to its first token; null unless it was a stream with a token. */
    @Nullable
    Duration timeToFirstToken();

    /** The answer, or the partial one of a failed stream; null for embeddings, counts and cancelled calls. */
    @Nullable
    Completion answer();

    /** The tokens as far as the provider reported them. */
    @Nullable
    Usage usage();

    /** Response metadata and cost; null without an answer. */
    @Nullable
    Provenance provenance();

    /** Metadata of the last attempt's response; null without one, or if it did not come over HTTP. */
    @Nullable
    ResponseHead response();

    /** The error that the caller got; null unless the call failed. */
    @Nullable
    Throwable error();
}
