package io.aicore.llm.codec.wire;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a provider's message safe for an exception: on one line, and without parts that look like a key or a prompt.
 * Messages are not shortened here, but after the caller's key and texts were removed.
 */
public final class SafeText {

    private static final int MAX_CODE = 80;
    private static final int MAX_SCANNED = 4_096;
    private static final int HEXADECIMAL_KEY = 32;
    private static final Set<String> KEY_PREFIXES =
            Set.of("sk", "pk", "rk", "gsk", "xai", "nvapi", "hf", "pplx", "csk", "fw", "tgp", "ghp", "glpat");
    private static final String REMOVED = "[removed]";

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Z}]+");
    // Validators in Python quote the offending part of the request as 'input': that is the user's prompt.
    private static final Pattern QUOTED_INPUT = Pattern.compile("[\"']input[\"']\\s*:.*", Pattern.CASE_INSENSITIVE);
    private static final List<Pattern> SECRETS = List.of(
            // "Incorrect API key provided: sk-ab***yz": OpenAI, Cohere and xAI repeat a part of the key.
            Pattern.compile("(?<=api key provided: |api key: |api-key: |api_key: )\\S+", Pattern.CASE_INSENSITIVE),
            Pattern.compile("(?<=\\bbearer )[\\w.~+/=*-]{8,}", Pattern.CASE_INSENSITIVE),
            Pattern.compile(
                    "(?<=\\b(key|apikey|api_key|api-key|token|access_token|secret|password|sig|signature|authorization)[=:])\\s?[^\\s,;&]+",
                    Pattern.CASE_INSENSITIVE),
            Pattern.compile("\\b(" + String.join("|", KEY_PREFIXES) + ")[-_][\\w*.-]{6,}"),
            Pattern.compile("\\b(AIza|AKIA|ASIA|ya29\\.|eyJ)[\\w.-]{12,}"),
            Pattern.compile("\\b\\p{XDigit}{" + HEXADECIMAL_KEY + ",}\\b"),
            Pattern.compile("(?<![\\w+/-])(?=[\\w+/-]*\\d)(?=[\\w+/-]*[A-Z])(?=[\\w+/-]*[a-z])[\\w+/-]{40,}={0,2}"));

    private SafeText() {}

    /** A provider's message; null if nothing remains. */
    public static @Nullable String message(@Nullable String text) {
        return shorten(text, MAX_SCANNED);
    }

    /** A provider's code or id; null if nothing remains. */
    public static @Nullable String code(@Nullable String text) {
        return shorten(text, MAX_CODE);
    }

    private static @Nullable String shorten(@Nullable String text, int max) {
        if (text == null || (text.length() <= max && isPlainId(text))) {
            return text;
        }
        String safe = text.substring(0, Math.min(text.length(), MAX_SCANNED));
        safe = CONTROL.matcher(safe).replaceAll(" ").strip();
        safe = QUOTED_INPUT.matcher(safe).replaceAll(REMOVED);
        for (Pattern secret : SECRETS) {
            safe = secret.matcher(safe).replaceAll(REMOVED);
        }
        if (safe.isEmpty()) {
            return null;
        }
        if (safe.length() <= max) {
            return safe;
        }
        int end = Character.isHighSurrogate(safe.charAt(max - 2)) ? max - 2 : max - 1;
        return safe.substring(0, end) + "…";
    }

    /** Whether all of it is printable ASCII. */
    static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether this is an id in which nothing has to be searched for: words of lower-case letters and digits that do not
     * look like a key. No for other ids that are harmless as well.
     */
    private static boolean isPlainId(String text) {
        int start = 0;
        boolean hexadecimal = true;
        boolean prefixed = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '-';
            boolean hyphen = c == '-';
            if (!hyphen && c != '_' && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z')) {
                return false;
            }
            if ((hyphen || c == '_') && !prefixed) {
                if (KEY_PREFIXES.contains(text.substring(start, i))) {
                    return false;
                }
                prefixed = true;
            }
            if (!hyphen) {
                hexadecimal &= c <= 'f' && c != '_';
            } else {
                if (hexadecimal && i - start >= HEXADECIMAL_KEY) {
                    return false;
                }
                start = i + 1;
                hexadecimal = true;
                prefixed = false;
            }
        }
        return !text.isEmpty();
    }
}
