package io.aicore.internal;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates arguments; the message has the name, the value and the expected range. */
public final class Check {

    /** Longest duration a retry setting accepts: a longer one is a mistaken unit, and nanoseconds stay far from overflow. */
    public static final Duration LONGEST = Duration.ofDays(365);

    private static final int LONGEST_TEXT = 60;
    private static final Pattern PLAIN_NUMBER = Pattern.compile("[+-]?[0-9.]{1,40}");

    private Check() {}

    public static IllegalArgumentException wrong(String name, @Nullable Object value, String expected) {
        return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }

    /** The value on one line, shortened; in quotes unless it is a number. */
    public static String quoted(String value) {
        if (PLAIN_NUMBER.matcher(value).matches()) {
            return value;
        }
        String shown = value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT) + "…";
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }

    public static void that(boolean holds, String name, @Nullable Object value, String expected) {
        if (!holds) {
            throw wrong(name, value, expected);
        }
    }

    public static void span(Duration value, String name) {
        that(!value.isNegative() && value.compareTo(LONGEST) <= 0, name, value, "0 to 365 days");
    }

    /** Null is a limit that is not set. */
    public static void positive(@Nullable Duration value, String name) {
        that(value == null || !(value.isNegative() || value.isZero()), name, value, "> 0");
    }

    /** Null is a call without a deadline. */
    public static void deadline(@Nullable Duration value) {
        boolean isLegal = value == null || (!value.isNegative() && !value.isZero() && value.compareTo(LONGEST) <= 0);
        that(isLegal, "deadline", value, "more than 0, at most 365 days");
    }

    public static void atLeast(int least, int value, String name) {
        if (value < least) {
            throw wrong(name, value, ">= " + least);
        }
    }
}
