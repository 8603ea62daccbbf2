package io.aicore.llm;

import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Removes from a failure what must not stand in an exception and what providers quote: secrets of at least {@value
 * #SHORTEST_SECRET} characters, and what the caller wrote. A quote is a run of at least {@value Quotes#RUN} letters and
 * digits (fewer of scripts that need several bytes a letter), or a text of at least {@value Quotes#WHOLE} that is quoted
 * whole. Shorter secrets are placeholders, such as {@code EMPTY} for a server that asks for no key.
 *
 * <p>Words are shortened only after that, so that no half of a secret is left at the cut.
 */
final class Redaction {

    static final String REDACTED = "REDACTED";
    static final int SHORTEST_SECRET = 8;

    // Some 20 ms of one processor. What would take longer is not worth the time of an event loop.
    private static final int MOST_TEXT = 8 << 20;
    private static final String WITHHELD =
            "the provider's words are withheld: the request is too large to compare with";

    private static final Pattern NAME = Pattern.compile("[\\w.:/-]{1,80}…?");

    private Redaction() {}

    /**
     * The failure without these secrets and without quotes of these texts.
     *
     * @param texts what the caller wrote; asked for only if the provider said something
     */
    static LlmException clean(LlmException failure, Collection<String> secrets, Supplier<List<String>> texts) {
        ErrorDetails details = failure.details();
        List<String> real = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .toList();
        boolean quotes = details.providerMessage() != null || details.code() != null || details.requestId() != null;
        Cleaner cleaner = new Cleaner(real, quotes ? texts.get() : List.of());
        ErrorDetails clean = details.providerMessage(cleaner.words(details.providerMessage()))
                .response(details.status(), cleaner.name(details.code()), cleaner.name(details.requestId()))
                .why(without(details.why(), real))
                .shortened();
        return clean.equals(details) ? failure : failure.details(clean);
    }

    /** A value from a response without these secrets. */
    static @Nullable String clean(@Nullable String value, Collection<String> secrets) {
        return value == null
                ? null
                : without(
                        value,
                        secrets.stream()
                                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                                .toList());
    }

    /** Whether a header or a parameter of this name carries a credential. */
    static boolean namesSecret(String name) {
        String word = name.toLowerCase(Locale.ROOT);
        return List.of("auth", "key", "token", "secret", "password", "cookie", "credential", "sig").stream()
                .anyMatch(word::contains);
    }

    private static String without(String words, List<String> secrets) {
        String clean = words;
        for (String secret : secrets) {
            clean = clean.replace(secret, REDACTED);
        }
        return clean;
    }

    private record Cleaner(List<String> secrets, List<String> texts) {

        @Nullable
        String words(@Nullable String words) {
            if (words == null) {
                return null;
            }
            String clean = without(words, secrets);
            if (texts.stream().mapToLong(String::length).sum() > MOST_TEXT) {
                return WITHHELD;
            }
            Quotes quotes = new Quotes(clean);
            secrets.forEach(quotes::find);
            texts.forEach(quotes::find);
            return quotes.replaced(REDACTED);
        }

        /** A code or an id is not the caller's, even where a prompt speaks of it. */
        @Nullable
        String name(@Nullable String value) {
            if (value == null || !NAME.matcher(value).matches()) {
                return words(value);
            }
            Quotes quotes = new Quotes(without(value, secrets));
            secrets.forEach(quotes::find);
            return quotes.replaced(REDACTED);
        }
    }
}
