package io.aicore.limit;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code LLM_CIRCUIT_*}; an error message has the variable, its value and what is expected. */
record CircuitEnvironment(Map<String, String> variables) {

    private static final BigDecimal MOST = BigDecimal.valueOf(86_400);
    private static final String A_TIME = "seconds as a decimal, > 0 and <= 86400";
    private static final String ANY_TIME = "seconds as a decimal, >= 0 and <= 86400";

    CircuitSettings over(CircuitSettings base) {
        CircuitSettings s = base;
        s = read("ENABLED", "true or false", s, text -> base.enabled(bool(text)));
        CircuitSettings enabled = s;
        s = read("MODE", "normal or soft", s, text -> enabled.mode(CircuitMode.valueOf(text.toUpperCase(Locale.ROOT))));
        CircuitSettings mode = s;
        s = read(
                "FAILURE_RATE",
                "a number > 0 and <= 1",
                s,
                text -> mode.failureRate(number(text).doubleValue()));
        CircuitSettings rate = s;
        s = read("WINDOW", "seconds as a decimal, >= 0.01 and <= 86400", s, text -> rate.window(seconds(text)));
        CircuitSettings window = s;
        s = read("MINIMUM_CALLS", "a whole number >= 1", s, text -> window.minimumCalls(Integer.parseInt(text)));
        CircuitSettings calls = s;
        s = read("OPEN_TIME", A_TIME, s, text -> calls.openTime(seconds(text)));
        CircuitSettings open = s;
        s = read(
                "MAX_OPEN_TIME",
                A_TIME + ", not below the open time (" + decimal(open.openTime()) + ")",
                s,
                text -> open.maxOpenTime(seconds(text)));
        CircuitSettings maxOpen = s;
        s = read("PROBES", "a whole number >= 1", s, text -> maxOpen.probes(Integer.parseInt(text)));
        CircuitSettings probes = s;
        s = read("RAMP", ANY_TIME, s, text -> probes.ramp(seconds(text)));
        CircuitSettings ramp = s;
        return read("MAX_WAIT", ANY_TIME, s, text -> ramp.maxWait(seconds(text)));
    }

    private CircuitSettings read(
            String key, String expected, CircuitSettings unset, Function<String, CircuitSettings> set) {
        String variable = "LLM_CIRCUIT_" + key;
        @Nullable String value = variables.get(variable);
        if (value == null || value.isBlank()) {
            return unset;
        }
        try {
            return set.apply(value.trim());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(variable + ": '" + value + "' (expected: " + expected + ")", e);
        }
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Duration seconds(String text) {
        BigDecimal seconds = number(text);
        if (seconds.signum() < 0 || seconds.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(text);
        }
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }

    private static BigDecimal number(String text) {
        if (text.length() > 32) {
            throw new IllegalArgumentException("too long");
        }
        return new BigDecimal(text);
    }

    private static String decimal(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString();
    }
}
