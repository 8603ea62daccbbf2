package io.aicore.examples.explain;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often verdicts were right, and where they were not. */
final class Score {

    /** What of a verdict is compared. */
    enum Field {
        RETRYABLE("retryable"),
        DELAY("retry_after_ms"),
        CATEGORY("category");

        private final String label;

        Field(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** How many of how many were right. */
    record Count(int right, int all) {
        /** In percent; null if nothing was compared. */
        @Nullable
        Double percent() {
            return all == 0 ? null : Double.valueOf(100.0 * right / all);
        }

        Count plus(boolean isRight) {
            return new Count(right + (isRight ? 1 : 0), all + 1);
        }

        @Override
        public String toString() {
            return all == 0
                    ? "nothing to compare"
                    : String.format(Locale.ROOT, "%6.2f %% (%d of %d)", 100.0 * right / all, right, all);
        }
    }

    private static final String NASTY = "nasty";

    private final Map<Field, Count> overall = counts();
    private final Map<Field, Count> nasty = counts();
    private final List<String> misses = new ArrayList<>();

    private static Map<Field, Count> counts() {
        Map<Field, Count> counts = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            counts.put(field, new Count(0, 0));
        }
        return counts;
    }

    /** Compares; a case that expects nothing does not count. */
    void add(Case failure, Verdict verdict) {
        Expected expected = failure.expected();
        if (expected == null) {
            return;
        }
        compare(Field.RETRYABLE, failure, expected.retryable(verdict), verdict.retryable(), expected.retryables());
        if (expected.retryables().right()) {
            compare(Field.DELAY, failure, expected.delay(verdict), verdict.retryAfterMillis(), expected.delays());
        } else if (!expected.delay(verdict)) {
            miss(Field.DELAY, failure, verdict.retryAfterMillis(), expected.delays() + " (not counted: not retryable)");
        }
        compare(Field.CATEGORY, failure, expected.category(verdict), verdict.category(), expected.categories());
    }

    private void compare(Field field, Case failure, boolean right, @Nullable Object got, Object expected) {
        overall.computeIfPresent(field, (same, count) -> count.plus(right));
        if (failure.tags().contains(NASTY)) {
            nasty.computeIfPresent(field, (same, count) -> count.plus(right));
        }
        if (!right) {
            miss(field, failure, got, expected);
        }
    }

    private void miss(Field field, Case failure, @Nullable Object got, Object expected) {
        misses.add(failure.id() + ": " + field.label() + ": got " + got + ", expected " + expected);
    }

    Count overall(Field field) {
        return overall.getOrDefault(field, new Count(0, 0));
    }

    Count nasty(Field field) {
        return nasty.getOrDefault(field, new Count(0, 0));
    }

    /** One line for each field, then one for each miss. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Field field : Field.values()) {
            lines.add(line(field.label(), overall(field)));
        }
        for (Field field : Field.values()) {
            lines.add(line(NASTY + " " + field.label(), nasty(field)));
        }
        misses.forEach(miss -> lines.add("miss " + miss));
        return lines;
    }

    private static String line(String label, Count count) {
        return String.format(Locale.ROOT, "%-21s %s", label, count);
    }
}
