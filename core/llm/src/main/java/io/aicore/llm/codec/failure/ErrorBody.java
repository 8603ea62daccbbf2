package io.aicore.llm.codec.failure;

import io.aicore.llm.codec.json.JsonFields;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The content of an error body in any format: an object, an array of one, a string with JSON or a Python literal in it,
 * FastAPI's {@code detail}, RFC 7807, a gateway's page, a cut or empty body.
 *
 * @param trees every JSON tree found, the body's own first; those in strings after it
 * @param codes codes, types and reasons, in order of appearance
 * @param text all messages in lower case, without links, white space collapsed: for the rules
 * @param code the provider's own code, for messages
 * @param message the provider's own message, for messages
 * @param status the code that stands for an HTTP status; null without one
 * @param retryable whether the body says that the request is retryable; null if it does not
 */
record ErrorBody(
        List<JsonFields> trees,
        List<ErrorCode> codes,
        String text,
        @Nullable String code,
        @Nullable String message,
        @Nullable ErrorCode status,
        @Nullable Boolean retryable) {

    /** Reads a body in any format. Never throws. */
    static ErrorBody of(String body) {
        ErrorBodyReader reader = new ErrorBodyReader();
        reader.read(body);
        return reader.errorBody();
    }

    /** A code or a field name in letters and digits only: RESOURCE_EXHAUSTED, resource-exhausted, ResourceExhausted are one. */
    static String word(String code) {
        StringBuilder word = new StringBuilder(code.length());
        code.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(word::appendCodePoint);
        return word.toString();
    }
}
