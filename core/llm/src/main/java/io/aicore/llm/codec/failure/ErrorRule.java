package io.aicore.llm.codec.failure;

import io.aicore.llm.error.ErrorCategory;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@link ErrorRules}: if the condition holds, the failure is of this category.
 *
 * @param consequence the second half of a sentence that begins with the evidence
 */
record ErrorRule(ErrorCategory category, Condition condition, String consequence) {

    /** Checks a failure and the delay that the server requested. */
    @FunctionalInterface
    interface Condition {

        /** The evidence; null if the condition does not hold. */
        @Nullable
        Evidence in(FailureReport report, @Nullable Duration delay);

        default Condition and(Condition other) {
            return (report, delay) -> {
                Evidence mine = in(report, delay);
                Evidence others = mine == null ? null : other.in(report, delay);
                return mine == null || others == null ? null : mine.and(others);
            };
        }

        default Condition or(Condition other) {
            return (report, delay) -> {
                Evidence mine = in(report, delay);
                return mine != null ? mine : other.in(report, delay);
            };
        }

        default Condition not() {
            return (report, delay) -> in(report, delay) == null ? Evidence.SILENT : null;
        }

        /** Holds as this one does; if the other holds too, its evidence is added. */
        default Condition also(Condition other) {
            return and(other).or(this);
        }
    }

    /** Whether a delay is meaningful for this category even if it is not retried. */
    boolean delayCounts() {
        return switch (category) {
            case QUOTA_EXHAUSTED, BILLING -> true;
            default -> false;
        };
    }

    static Condition code(Set<String> words) {
        return (report, delay) -> {
            ErrorCode found = ErrorCodes.first(report.codes(), words);
            return found == null ? null : found.evidence();
        };
    }

    /** A code in this field only, compared by letters and digits: the same number has other meanings elsewhere. */
    static Condition field(String field, Set<String> words) {
        return (report, delay) -> {
            for (ErrorCode code : report.codes()) {
                if (words.contains(code.word()) && ErrorBody.word(code.field()).equals(field)) {
                    return code.evidence();
                }
            }
            return null;
        };
    }

    static Condition codeLike(String part) {
        return (report, delay) -> {
            for (ErrorCode code : report.codes()) {
                if (code.word().contains(part)) {
                    return code.evidence(part);
                }
            }
            return null;
        };
    }

    static Condition says(MessagePattern phrase) {
        return (report, delay) -> {
            String quoted = phrase.in(report.text());
            return quoted == null ? null : Evidence.words(quoted);
        };
    }

    static Condition says(String... forms) {
        return says(MessagePattern.of(forms));
    }

    /** The status of the failure; 0 for an error in a 2xx that names none. */
    static Condition status(int... statuses) {
        return (report, delay) -> {
            for (int status : statuses) {
                if (report.status() == status) {
                    return report.statusEvidence();
                }
            }
            return null;
        };
    }

    static Condition statusBetween(int first, int last) {
        return (report, delay) -> report.status() >= first && report.status() <= last ? report.statusEvidence() : null;
    }
}
