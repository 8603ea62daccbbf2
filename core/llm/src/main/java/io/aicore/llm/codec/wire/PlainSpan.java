package io.aicore.llm.codec.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the spans that the headers of nearly all responses have, such as {@code 6ms}, {@code 7m12.5s} or {@code 60} for
 * seconds, without a pattern. {@link Delays} reads all others.
 */
final class PlainSpan {

    private static final int MOST_DIGITS = 9;
    private static final int MOST_PARTS = 5;
    private static final long SECOND = 1_000;

    private final String text;
    private int at;

    private PlainSpan(String text) {
        this.text = text;
    }

    /** Null for another notation, and for a span that is no delay. */
    static @Nullable Duration of(String text) {
        long millis = new PlainSpan(text).millis();
        return millis > 0 ? Delays.millis((double) millis) : null;
    }

    /** -1 for another notation. */
    private long millis() {
        long sum = 0;
        for (int part = 0; part < MOST_PARTS; part++) {
            long thousandths = thousandths();
            boolean alone = part == 0 && at == text.length();
            long unit = alone ? SECOND : unit();
            if (thousandths < 0 || unit < 0 || thousandths * unit % SECOND != 0) {
                return -1;
            }
            sum += thousandths * unit / SECOND;
            if (at == text.length()) {
                return sum;
            }
        }
        return -1;
    }

    /** A number with at most three decimals, in thousandths; -1 if there is none. */
    private long thousandths() {
        int start = at;
        long whole = digits(MOST_DIGITS);
        if (at == start || whole < 0) {
            return -1;
        }
        if (at == text.length() || text.charAt(at) != '.') {
            return whole * SECOND;
        }
        int point = at++;
        long decimals = digits(3);
        int count = at - point - 1;
        if (count == 0 || decimals < 0) {
            return -1;
        }
        return whole * SECOND + decimals * (count == 1 ? 100 : count == 2 ? 10 : 1);
    }

    /** Moves behind the digits that come next; -1 if there are more than this many. */
    private long digits(int most) {
        long number = 0;
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            number = number * 10 + text.charAt(at++) - '0';
            if (at - start > most) {
                return -1;
            }
        }
        return number;
    }

    /** In milliseconds; -1 for another unit. */
    private long unit() {
        char first = at < text.length() ? text.charAt(at++) : ' ';
        boolean millis = first == 'm' && at < text.length() && text.charAt(at) == 's';
        at += millis ? 1 : 0;
        return millis
                ? 1
                : switch (first) {
                    case 's' -> SECOND;
                    case 'm' -> 60 * SECOND;
                    case 'h' -> 3_600 * SECOND;
                    default -> -1;
                };
    }
}
