package io.aicore.observability;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Causes of the retries of calls that began within one bucket of a timeline.
 *
 * @param start of the bucket, a multiple of its width since 1970
 * @param retries number of retries by failure category, such as {@code rate_limited}
 */
public record RetriesByCause(Instant start, Map<String, Long> retries) {

    private static final int MAX_CHARS = 500;

    /** The word of a custom classifier may have a comma or a colon. */
    private static final Pattern ENTRY = Pattern.compile("(.*?):([0-9]{1,9})(?:,|$)", Pattern.DOTALL);

    public RetriesByCause {
        retries = Map.copyOf(retries);
    }

    /** The causes of a call's retries as text, {@code overloaded:1,rate_limited:2}; null without retries. */
    static @Nullable String text(List<LlmAttempt> attempts) {
        Map<String, Integer> causes = new TreeMap<>();
        // An attempt was retried if another followed, whatever wait was chosen after it.
        for (LlmAttempt attempt : attempts.subList(0, Math.max(0, attempts.size() - 1))) {
            String category = Column.cut(attempt.category(), AttemptTable.WORD);
            causes.merge(category == null ? "unknown" : category, 1, Integer::sum);
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
        Matcher entry = ENTRY.matcher(text);
        while (entry.find()) {
            retries.merge(entry.group(1), Long.parseLong(entry.group(2)) * calls, Long::sum);
        }
        return retries;
    }
}
