package io.aicore.llm.codec;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One wire protocol for completions. Immutable and free of I/O; its methods may be called from any thread and must not
 * block. A method that cannot do its work throws an {@link LlmException}; any other exception is a bug, and is not
 * retried.
 */
public interface ChatCodec {

    /**
     * The request on the wire. The same request always encodes to the same bytes, so that a retried request is
     * byte-identical.
     *
     * @param request with its model set
     * @param stream whether the answer is asked for as a stream
     */
    WireRequest encode(CompletionRequest request, boolean stream);

    /**
     * What of this request goes out otherwise than it was said, or not at all, because the protocol has no word for it: for
     * the answer's {@code provenance().warnings()}. Default: nothing. Must not throw.
     *
     * @param request with its model set
     */
    default List<String> warnings(CompletionRequest request) {
        return List.of();
    }

    /**
     * The answer in a 2xx response.
     *
     * @throws LlmException if the body holds an error (classified as if it had the status it stands for), is cut, or holds
     *     no answer
     */
    Completion decode(CompletionRequest request, WireResponse response);

    /**
     * Where the answer is to be fetched, if this 2xx response only announces it; null if it is the answer, or an error in a
     * success, which {@link #decode} then reads. Default: null. Must not throw for a response it does not understand.
     *
     * <p>The attempt goes on asking until the answer is there, within the attempt timeout. When it fails and is retried, the
     * next attempt of the same call asks for the announced answer again instead of having it made anew.
     */
    default @Nullable FollowUp followUp(CompletionRequest request, WireResponse response) {
        return null;
    }

    /** How its streams are framed. Default: server-sent events. */
    default StreamFormat streamFormat() {
        return StreamFormat.serverSentEvents();
    }

    /**
     * Whether the provider itself holds the answer to this request's JSON schema. Where it does not, the schema goes into the
     * prompt. Default: no.
     *
     * @param request with its model set, and a {@code ResponseFormat.JsonSchema} as its response format
     */
    default boolean nativeJsonSchema(CompletionRequest request) {
        return false;
    }

    /** A reader for one stream: new for each attempt. */
    StreamDecoder streamDecoder(CompletionRequest request, WireResponse head);

    /** The typed failure that a response other than 2xx stands for. Never throws. */
    LlmException classify(CompletionRequest request, WireResponse response);
}
