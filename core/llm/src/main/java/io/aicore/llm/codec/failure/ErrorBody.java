package io.aicore.llm.codec.failure;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an error body says, whatever its form: an object, an array of one, a string with JSON or a Python literal in it,
 * FastAPI's {@code detail}, RFC 7807, a gateway's page, a cut or empty body.
 *
 * @param trees every JSON tree found, the body's own first; those in strings after it
 * @param codes machine words (codes, types, reasons), in the order they stand in
 * @param text all messages in lower case, without links, white space collapsed: for rules to look at
 * @param code the provider's own code, to show
 * @param message the provider's own words, to show
 * @param status the word that claims an HTTP status; null if none does
 * @param retryable the body's own word on trying again; null if it says none
 */
record ErrorBody(
        List<JsonNode> trees,
        List<MachineWord> codes,
        String text,
        @Nullable String code,
        @Nullable String message,
        @Nullable MachineWord status,
        @Nullable Boolean retryable) {

    /** Reads a body of any form. Never throws. */
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
