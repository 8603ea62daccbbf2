package io.aicore.llm;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Message;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes from a provider's own words what must not stand in an exception: the key, and what the caller wrote. Providers
 * quote both.
 */
final class Redaction {

    static final String REDACTED = "REDACTED";
    // Shorter quotes are single words; longer ones could tell what was asked.
    private static final int QUOTE = 12;

    private Redaction() {}

    static LlmException clean(LlmException failure, @Nullable Secret key, CompletionRequest request) {
        ErrorDetails details = failure.details();
        String words = details.providerMessage();
        if (words == null) {
            return failure;
        }
        String clean = withoutQuotes(withoutKey(words, key), request);
        return clean.equals(words) ? failure : failure.details(details.providerMessage(clean));
    }

    private static String withoutKey(String words, @Nullable Secret key) {
        return key == null ? words : words.replace(key.reveal(), REDACTED);
    }

    private static String withoutQuotes(String words, CompletionRequest request) {
        List<String> texts = request.messages().stream().map(Message::text).toList();
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
