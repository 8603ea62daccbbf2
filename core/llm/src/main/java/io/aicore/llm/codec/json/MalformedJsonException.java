package io.aicore.llm.codec.json;

/**
 * Bytes that are not JSON, or exceed the limits of {@link Json}. The message has the position, but nothing of the
 * content.
 */
public final class MalformedJsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message);
    }
}
