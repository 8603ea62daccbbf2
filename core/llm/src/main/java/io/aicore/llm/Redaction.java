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
 * Removes from a failure what providers quote and what must not appear in an exception: secrets of at least
 * {@value #SHORTEST_SECRET} characters, and the caller's texts. A quote is a run of at least {@value Quotes#RUN}
 * letters and digits (fewer in scripts with several bytes per letter), or a complete text of at least
 * {@value Quotes#WHOLE}. Shorter secrets are placeholders, such as {@code EMPTY} for a server without a key.
 *
 * <p>Messages are shortened only afterwards, so that the cut never leaves half of a secret.
 */
final class Redaction {

    static final String REDACTED = "REDACTED";
    static final int SHORTEST_SECRET = 8;

    // Some 20 ms of one processor. What would take longer is not worth the time of an event loop.
    private static final int MOST_TEXT = 8 << 20;
    private static final String WITHHELD =
            "the provider's message is withheld: the request is too large to search for quotes";

    private static final Pattern NAME = Pattern.compile("[\\w.:/-]{1,80}…?");

    private Redaction() {}

    /**
     * The failure without these secrets and without quotes of these texts.
     *
     * @param texts the caller's texts; evaluated only if the provider sent a message
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

    /** A value from a response, without these secrets. */
    static String clean(String value, Collection<String> secrets) {
        String clean = value;
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST_SECRET) {
                clean = clean.replace(secret, REDACTED);
            }
        }
        return clean;
    }

    /** Whether a header or parameter of this name contains a credential. */
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

        /** A code or an id is not the caller's text, even if a prompt contains it. */
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
