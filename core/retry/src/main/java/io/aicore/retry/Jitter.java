package io.aicore.retry;

import io.aicore.internal.Check;
import java.time.Duration;
import java.util.Locale;

/**
 * Random spread of the delays of callers that failed at the same time. Drawn after the delay is capped; the drawn value
 * is never clamped, because clamping would synchronize most callers again.
 *
 * <p>{@code full}, {@code equal} and {@code decorrelated} are those of <a
 * href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">AWS, "Exponential Backoff And
 * Jitter"</a>. The default of {@link RetrySettings} is {@code proportional(0.25)}: the documented 1 s, 2 s, 4 s stay
 * recognisable.
 */
public sealed interface Jitter {

    /** The values that {@link #parse(String)} accepts, for messages about settings. */
    String EXPECTED = "none, full, equal, decorrelated, proportional or proportional:<0 to 1>";

    /** No jitter: always the nominal delay. */
    static Jitter none() {
        return new None();
    }

    /** Full jitter, U(0, v): the widest spread; some delays are close to zero. */
    static Jitter full() {
        return new Full();
    }

    /** Equal jitter, v/2 + U(0, v/2): at least half of the nominal delay. */
    static Jitter equal() {
        return new Equal();
    }

    /**
     * Decorrelated jitter, U(base, min(cap, 3 · previous delay)): grows randomly instead of by retry number; the
     * backoff factor is not used. AWS caps the drawn value; here the range is capped before the draw, so that delays at
     * the cap stay spread.
     */
    static Jitter decorrelated() {
        return new Decorrelated();
    }

    /**
     * Proportional jitter, v · U(1 − fraction, 1 + fraction).
     *
     * @param fraction 0 to 1
     */
    static Jitter proportional(double fraction) {
        return new Proportional(fraction);
    }

    /**
     * Parses {@code none}, {@code full}, {@code equal}, {@code decorrelated}, {@code proportional} (0.25) or
     * {@code proportional:0.3}.
     *
     * @throws IllegalArgumentException for anything else
     */
    static Jitter parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "none" -> none();
            case "full" -> full();
            case "equal" -> equal();
            case "decorrelated" -> decorrelated();
            case "proportional" -> proportional(0.25);
            default -> parseProportional(text, word);
        };
    }

    private static Jitter parseProportional(String text, String word) {
        String prefix = "proportional:";
        if (word.startsWith(prefix)) {
            try {
                return proportional(Double.parseDouble(word.substring(prefix.length())));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(unknown(text), e);
            }
        }
        throw new IllegalArgumentException(unknown(text));
    }

    private static String unknown(String text) {
        return "jitter: '" + text + "' (expected: " + EXPECTED + ")";
    }

    /**
     * Draws one delay.
     *
     * @param nominal the capped delay without jitter
     * @param previous the delay before the failed attempt; the initial delay if there was none
     * @param backoff supplies base and cap
     * @param random a value from 0 (inclusive) to 1 (exclusive)
     */
    Duration draw(Duration nominal, Duration previous, Backoff backoff, double random);

    /** See {@link Jitter#none()}. */
    record None() implements Jitter {
        @Override
        public Duration draw(Duration nominal, Duration previous, Backoff backoff, double random) {
            return nominal;
        }

        @Override
        public String toString() {
            return "none";
        }
    }

    /** See {@link Jitter#full()}. */
    record Full() implements Jitter {
        @Override
        public Duration draw(Duration nominal, Duration previous, Backoff backoff, double random) {
            return between(0, nominal.toNanos(), random);
        }

        @Override
        public String toString() {
            return "full";
        }
    }

    /** See {@link Jitter#equal()}. */
    record Equal() implements Jitter {
        @Override
        public Duration draw(Duration nominal, Duration previous, Backoff backoff, double random) {
            long nanos = nominal.toNanos();
            return between(nanos / 2, nanos, random);
        }

        @Override
        public String toString() {
            return "equal";
        }
    }

    /** See {@link Jitter#decorrelated()}. */
    record Decorrelated() implements Jitter {
        @Override
        public Duration draw(Duration nominal, Duration previous, Backoff backoff, double random) {
            long base = backoff.initialDelay().toNanos();
            long cap = backoff.maxDelay().toNanos();
            long before = previous.toNanos();
            long widest = before > cap / 3 ? cap : 3 * before;
            return between(base, Math.max(base, widest), random);
        }

        @Override
        public String toString() {
            return "decorrelated";
        }
    }

    /**
     * See {@link Jitter#proportional(double)}.
     *
     * @param fraction 0 to 1
     */
    record Proportional(double fraction) implements Jitter {
        public Proportional {
            Check.that(fraction >= 0 && fraction <= 1, "jitter fraction", fraction, "0 to 1");
        }

        @Override
        public Duration draw(Duration nominal, Duration previous, Backoff backoff, double random) {
            long nanos = nominal.toNanos();
            long width = (long) (nanos * fraction);
            return between(nanos - width, nanos + width, random);
        }

        @Override
        public String toString() {
            return "proportional:" + fraction;
        }
    }

    private static Duration between(long low, long high, double random) {
        double share = random >= 0 ? Math.min(random, 1) : 0;
        return Duration.ofNanos(Math.min(high, low + (long) (share * (high - low))));
    }
}
