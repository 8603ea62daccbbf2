package io.aicore.llm.codec;

import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;

/**
 * A question of a wire protocol that has one plain answer. Immutable and free of I/O, as {@link ChatCodec} is, which has
 * streams besides; the same rules hold for its methods.
 *
 * @param <Q> the question, with its model set
 * @param <A> the answer
 */
public interface PlainCodec<Q, A> {

    /** The request on the wire; the same question always encodes to the same bytes. */
    WireRequest encode(Q question);

    /**
     * The answer in a 2xx response.
     *
     * @throws LlmException if the body holds an error, is cut, or holds no answer
     */
    A decode(Q question, WireResponse response);

    /** The typed failure that a response other than 2xx stands for. Never throws. */
    LlmException classify(Q question, WireResponse response);
}
