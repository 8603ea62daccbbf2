package io.aicore.llm;

import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import java.util.Collection;
import java.util.List;

/**
 * Removes from a provider's own words what must not stand in an exception: the key, and what the caller wrote. Providers
 * quote both.
 */
final class Redaction {

    static final String REDACTED = "REDACTED";
    // Shorter quotes are single words; longer ones could tell what was asked.
    private static final int QUOTE = 12;

    private Redaction() {}

    /** The failure without these secrets and without quotes of these texts of the caller. */
    static LlmException clean(LlmException failure, Collection<String> secrets, List<String> texts) {
        ErrorDetails details = failure.details();
        String words = details.providerMessage();
        if (words == null) {
            return failure;
        }
        String clean = withoutQuotes(without(words, secrets), texts);
        return clean.equals(words) ? failure : failure.details(details.providerMessage(clean));
    }

    private static String without(String words, Collection<String> secrets) {
        String clean = words;
        for (String secret : secrets) {
            clean = clean.replace(secret, REDACTED);
        }
        return clean;
    }

    private static String withoutQuotes(String words, List<String> texts) {
        StringBuilder clean = new StringBuilder();
        int at = 0;
        while (at < words.length()) {
            int length = quoted(words, at, texts);
            if (length == 0) {
                clean.append(words.charAt(at++));
            } else {
                clean.append(REDACTED);
                at += length;
            }
        }
        return clean.toString();
    }

    /** How many characters from here on stand in what the caller wrote; 0 if too few to be a quote. */
    private static int quoted(String words, int at, List<String> texts) {
        if (at + QUOTE > words.length()) {
            return 0;
        }
        int longest = 0;
        for (String text : texts) {
            int length = QUOTE;
            if (!text.contains(words.substring(at, at + length))) {
                continue;
            }
            while (at + length < words.length() && text.contains(words.substring(at, at + length + 1))) {
                length++;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }
}
