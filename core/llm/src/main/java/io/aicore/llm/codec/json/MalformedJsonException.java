package io.aicore.llm.codec.json;

/** Bytes that are not JSON, or over the limits of {@link Json}. The message says where, and nothing of the content. */
public final class MalformedJsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message);
    }
}
