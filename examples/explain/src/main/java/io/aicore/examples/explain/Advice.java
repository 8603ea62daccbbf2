package io.aicore.examples.explain;

import io.aicore.llm.error.ErrorDetails;
import io.aicore.retry.Failure;
import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryOnFailure;
import io.aicore.retry.RetrySettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * What the client would do after a first attempt that failed so, with default settings: asked of the retry itself.
 *
 * @param least the shortest wait before the next attempt; null if there is none
 * @param most the longest, by chance
 */
record Advice(@Nullable Duration least, @Nullable Duration most, int maxRetries, String why) {

    private static final double MOST = Math.nextDown(1.0);

    static Advice on(ErrorDetails details) {
        Advice one = drawing(details, 0);
        return new Advice(one.least(), drawing(details, MOST).most(), one.maxRetries(), one.why());
    }

    private static Advice drawing(ErrorDetails details, double chance) {
        Failure failure = (details.retryable() ? Failure.retryable(details.why()) : Failure.permanent(details.why()))
                .retryAfter(details.retryAfter());
        RetrySettings settings = RetrySettings.defaults();
        List<Advice> heard = new ArrayList<>(1);
        RetryOnFailure retry = RetryOnFailure.of(settings)
                .classifier(error -> failure)
                .random(() -> chance)
                .listener(event -> {
                    if (event instanceof RetryEvent.RetryScheduled wait) {
                        heard.add(new Advice(wait.delay(), wait.delay(), settings.maxRetries(), wait.why()));
                    } else if (event instanceof RetryEvent.GaveUp end) {
                        heard.add(new Advice(null, null, settings.maxRetries(), end.why()));
                    }
                });
        // It decides at once, on this thread; nobody stays for the wait.
        Disposable call = Mono.error(new IllegalStateException("the failure"))
                .retryWhen(retry)
                .subscribe(none -> {}, end -> {});
        call.dispose();
        return heard.get(0);
    }

    boolean retries() {
        return least != null;
    }

    @Override
    public String toString() {
        if (least == null || most == null) {
            return "fails at once: " + why;
        }
        String span = least.equals(most) ? seconds(least) : seconds(least) + " to " + seconds(most);
        return "tries again up to " + maxRetries + " times, first after " + span + " (" + why + ")";
    }

    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("action", retries() ? "retry" : "fail");
        fields.put("min_delay_ms", least == null ? null : least.toMillis());
        fields.put("max_delay_ms", most == null ? null : most.toMillis());
        fields.put("max_retries", retries() ? maxRetries : 0);
        fields.put("why", why);
        return fields;
    }

    static String seconds(Duration span) {
        return BigDecimal.valueOf(span.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
