package io.aicore.retry;

import io.aicore.internal.Check;
import io.aicore.internal.Numbers;
import io.aicore.internal.Seconds;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads four of the {@link RetrySettings} from environment variables; a message names the variable, its value and what is expected.
 */
record RetryEnvironment(Map<String, String> variables) {

    private static final String MAX_RETRIES = "LLM_MAX_RETRIES";
    private static final String INITIAL_DELAY = "LLM_RETRY_INITIAL_DELAY";
    private static final String MAX_DELAY = "LLM_RETRY_MAX_DELAY";
    private static final String FACTOR = "LLM_RETRY_BACKOFF_FACTOR";
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Check.LONGEST.toSeconds());

    RetrySettings read(RetrySettings defaults) {
        Duration initial = seconds(INITIAL_DELAY, defaults.initialDelay());
        Duration max = seconds(MAX_DELAY, defaults.maxDelay());
        if (max.compareTo(initial) < 0) {
            throw delaysContradict(initial, max);
        }
        return defaults.maxRetries(maxRetries(defaults.maxRetries()))
                .backoff(new Backoff(initial, max, factor(defaults.backoffFactor()), defaults.jitter()));
    }

    private int maxRetries(int otherwise) {
        BigDecimal value = number(MAX_RETRIES, "a whole number >= 0");
        if (value == null) {
            return otherwise;
        }
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        if (!whole || value.signum() < 0) {
            throw wrong(MAX_RETRIES, "a whole number >= 0");
        }
        if (value.compareTo(BigDecimal.valueOf(RetrySettings.MOST_RETRIES)) > 0) {
            throw wrong(MAX_RETRIES, "a whole number <= " + RetrySettings.MOST_RETRIES);
        }
        return value.intValueExact();
    }

    private double factor(double otherwise) {
        BigDecimal value = number(FACTOR, "a number >= 1");
        if (value == null) {
            return otherwise;
        }
        if (value.compareTo(BigDecimal.ONE) < 0) {
            throw wrong(FACTOR, "a number >= 1");
        }
        if (value.compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
            throw wrong(FACTOR, "a number <= 1000000");
        }
        return value.doubleValue();
    }

    private Duration seconds(String name, Duration otherwise) {
        String expected = "a number of seconds >= 0";
        BigDecimal value = number(name, expected);
        if (value == null) {
            return otherwise;
        }
        if (value.signum() < 0) {
            throw wrong(name, expected);
        }
        if (value.compareTo(LONGEST) > 0) {
            throw wrong(name, "at most " + LONGEST + " seconds, 365 days");
        }
        return Duration.ofNanos(value.movePointRight(9).longValue());
    }

    private @Nullable BigDecimal number(String name, String expected) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        BigDecimal number = Numbers.parse(text);
        if (number == null) {
            throw Check.wrong(name, Check.quoted(text), expected);
        }
        return number;
    }

    private @Nullable String text(String name) {
        String text = variables.get(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private IllegalArgumentException delaysContradict(Duration initial, Duration max) {
        if (text(MAX_DELAY) == null) {
            return wrong(INITIAL_DELAY, "at most " + MAX_DELAY + ", " + Seconds.plain(max) + " by default");
        }
        String from = text(INITIAL_DELAY) == null ? " by default" : "";
        return wrong(MAX_DELAY, "at least " + INITIAL_DELAY + ", " + Seconds.plain(initial) + from);
    }

    private IllegalArgumentException wrong(String name, String expected) {
        return Check.wrong(name, text(name), expected);
    }
}
