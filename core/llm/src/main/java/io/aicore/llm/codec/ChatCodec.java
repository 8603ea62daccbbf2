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
 * A wire protocol for completions. Immutable and free of I/O; its methods may be called from any thread and must not
 * block. A method that fails throws an {@link LlmException}; any other exception is a bug and is not retried.
 */
public interface ChatCodec {

    /**
     * Encodes the request. The result is deterministic, so that a retried request is byte-identical.
     *
     * @param request with its model set
     * @param stream whether to request a stream
     */
    WireRequest encode(CompletionRequest request, boolean stream);

    /**
     * Returns what the protocol sends differently, or not at all, because it cannot express it; added to the answer's
     * {@code provenance().warnings()}. Default: nothing. Must not throw.
     *
     * @param request with its model set
     */
    default List<String> warnings(CompletionRequest request) {
        return List.of();
    }

    /**
     * Decodes the answer in a 2xx response.
     *
     * @throws LlmException if the body contains an error (classified by the status it names), is truncated, or contains
     *     no answer
     */
    Completion decode(CompletionRequest request, WireResponse response);

    /**
     * Returns where to fetch the answer if this 2xx response only announces it; null if the response is the answer, or
     * an error in a 2xx, which {@link #decode} then reads. Default: null. Must not throw for an unknown response.
     *
     * <p>The attempt polls until the answer is there, within the attempt timeout. If it fails and is retried, the next
     * attempt of the same call polls for the announced answer instead of requesting a new one.
     */
    default @Nullable FollowUp followUp(CompletionRequest request, WireResponse response) {
        return null;
    }

    /** The framing of its streams. Default: server-sent events. */
    default StreamFormat streamFormat() {
        return StreamFormat.serverSentEvents();
    }

    /**
     * Whether the provider itself enforces this request's JSON schema. Otherwise the schema is added to the prompt.
     * Default: no.
     *
     * @param request with its model set, and a {@code ResponseFormat.JsonSchema} as its response format
     */
    default boolean nativeJsonSchema(CompletionRequest request) {
        return false;
    }

    /** Creates a decoder for one stream, for each attempt a new one. */
    StreamDecoder streamDecoder(CompletionRequest request, WireResponse head);

    /** Maps a response other than 2xx to a typed failure. Never throws. */
    LlmException classify(CompletionRequest request, WireResponse response);
}
