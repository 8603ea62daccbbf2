package io.aicore.observability;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Causes of the retries of calls that began within one bucket of a timeline.
 *
 * @param start of the bucket, a multiple of its width since 1970
 * @param retries number of retries by failure category, such as {@code rate_limited}
 */
public record RetriesByCause(Instant start, Map<String, Long> retries) {

    private static final int MAX_CHARS = 500;

    public RetriesByCause {
        retries = Map.copyOf(retries);
    }

    /** The causes of a call's retries as text, {@code overloaded:1,rate_limited:2}; null without retries. */
    static @Nullable String text(List<LlmAttempt> attempts) {
        Map<String, Integer> causes = new TreeMap<>();
        // An attempt was retried if another followed, whatever wait was chosen after it.
        for (LlmAttempt attempt : attempts.subList(0, Math.max(0, attempts.size() - 1))) {
            causes.merge(attempt.category() == null ? "unknown" : attempt.category(), 1, Integer::sum);
        }
        StringBuilder text = new StringBuilder();
        causes.forEach((cause, count) -> {
            String entry = (text.isEmpty() ? "" : ",") + cause + ":" + count;
            if (text.length() + entry.length() <= MAX_CHARS) {
                text.append(entry);
            }
        });
        return text.isEmpty() ? null : text.toString();
    }

    /** The retries by cause of a number of calls that share the text written by {@link #text}. */
    static Map<String, Long> counts(String text, long calls) {
        Map<String, Long> retries = new TreeMap<>();
        for (String cause : text.split(",", -1)) {
            int colon = cause.lastIndexOf(':');
            retries.merge(cause.substring(0, colon), Long.parseLong(cause.substring(colon + 1)) * calls, Long::sum);
        }
        return retries;
    }
}
