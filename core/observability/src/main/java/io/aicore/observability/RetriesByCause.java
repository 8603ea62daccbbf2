package io.aicore.observability;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Why the calls that began within one span of a timeline were retried.
 *
 * @param start of the span, a multiple of its width since 1970
 * @param retries how many, by the kind of the failure before them, as {@code rate_limited}
 */
public record RetriesByCause(Instant start, Map<String, Long> retries) {

    private static final int MAX_CHARS = 500;

    public RetriesByCause {
        retries = Map.copyOf(retries);
    }

    /** The causes of so many calls of a span, as {@link #text} wrote them. */
    record Entry(Instant start, String causes, long calls) {}

    /** The causes of a call's retries as one text, {@code overloaded:1,rate_limited:2}; null if there were none. */
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

    /** One for each span of these entries, which come in the order of the spans. */
    static Flux<RetriesByCause> gathered(Flux<Entry> entries) {
        return entries.windowUntilChanged(Entry::start)
                .concatMap(span -> span.collectList())
                .map(span -> {
                    Map<String, Long> retries = new TreeMap<>();
                    span.forEach(entry -> add(retries, entry));
                    return new RetriesByCause(span.get(0).start(), retries);
                });
    }

    private static void add(Map<String, Long> retries, Entry entry) {
        for (String cause : entry.causes().split(",", -1)) {
            int colon = cause.lastIndexOf(':');
            retries.merge(
                    cause.substring(0, colon), Long.parseLong(cause.substring(colon + 1)) * entry.calls(), Long::sum);
        }
    }
}
