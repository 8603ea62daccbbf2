package io.aicore.llm.codec;

import io.aicore.llm.error.ErrorCategory;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One line of {@link ErrorRules}: when it holds, the failure is of this category. */
record ErrorRule(ErrorCategory category, Condition condition, String why) {

    /** Looks at a failure and at the delay that the server stated. */
    @FunctionalInterface
    interface Condition {
        boolean holds(FailureReport report, @Nullable Duration delay);

        default Condition and(Condition other) {
            return (report, delay) -> holds(report, delay) && other.holds(report, delay);
        }

        default Condition or(Condition other) {
            return (report, delay) -> holds(report, delay) || other.holds(report, delay);
        }

        default Condition not() {
            return (report, delay) -> !holds(report, delay);
        }
    }

    /** Whether a delay means something with this category even where it is not retried. */
    boolean delayCounts() {
        return switch (category) {
            case QUOTA_EXHAUSTED, BILLING -> true;
            default -> false;
        };
    }

    static Condition code(Set<String> words) {
        return (report, delay) -> CodeWords.anyOf(report.codes(), words);
    }

    static Condition codeLike(String part) {
        return (report, delay) -> report.codes().stream().anyMatch(word -> word.contains(part));
    }

    static Condition says(String... patterns) {
        Pattern any = Pattern.compile(String.join("|", patterns));
        return (report, delay) -> report.says(any);
    }

    /** The status it stands for; 0 is an error inside a success that names none. */
    static Condition status(int... statuses) {
        return (report, delay) -> {
            for (int status : statuses) {
                if (report.status() == status) {
                    return true;
                }
            }
            return false;
        };
    }

    static Condition statusBetween(int first, int last) {
        return (report, delay) -> report.status() >= first && report.status() <= last;
    }
}
