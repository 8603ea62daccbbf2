package io.aicore.llm.codec;

import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;

/**
 * A wire protocol for requests with one plain response. Immutable and free of I/O; its methods follow the rules of
 * {@link ChatCodec}.
 *
 * @param <Q> the request, with its model set
 * @param <A> the result
 */
public interface PlainCodec<Q, A> {

    /** Encodes the request; the result is deterministic. */
    WireRequest encode(Q question);

    /**
     * Decodes the result in a 2xx response.
     *
     * @throws LlmException if the body contains an error, is truncated, or contains no result
     */
    A decode(Q question, WireResponse response);

    /** Maps a response other than 2xx to a typed failure. Never throws. */
    LlmException classify(Q question, WireResponse response);
}
