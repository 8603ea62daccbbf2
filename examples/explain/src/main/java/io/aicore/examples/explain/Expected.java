package io.aicore.examples.explain;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The verdict that a case should get.
 *
 * @param categories the right one first, then others that are accepted
 * @param retryables likewise
 * @param delays likewise; null stands for no delay
 */
record Expected(Answers<String> categories, Answers<Boolean> retryables, Answers<@Nullable Long> delays) {

    // Fractions may be rounded either way.
    private static final long ROUNDING_MILLIS = 1;

    /** One right answer, and others that are accepted. */
    record Answers<T extends @Nullable Object>(T right, Set<T> accepted) {
        boolean accept(T given) {
            return Objects.equals(right, given) || accepted.contains(given);
        }

        @Override
        public String toString() {
            return accepted.isEmpty() ? String.valueOf(right) : right + " or one of " + accepted;
        }
    }

    boolean category(Verdict verdict) {
        return categories.accept(verdict.category());
    }

    boolean retryable(Verdict verdict) {
        return retryables.accept(verdict.retryable());
    }

    boolean delay(Verdict verdict) {
        Long given = verdict.retryAfterMillis();
        return close(delays.right(), given) || delays.accepted().stream().anyMatch(accepted -> close(accepted, given));
    }

    private static boolean close(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return Objects.equals(one, other);
        }
        return Math.abs(one - other) <= ROUNDING_MILLIS;
    }
}
