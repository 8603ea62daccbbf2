package io.aicore.llm.codec.failure;

import io.aicore.llm.error.ErrorCategory;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@link ErrorRules}: when it holds, the failure is of this category.
 *
 * @param consequence what follows, for people: the second half of a sentence that begins with the evidence
 */
record ErrorRule(ErrorCategory category, Condition condition, String consequence) {

    /** Looks at a failure and at the delay that the server stated. */
    @FunctionalInterface
    interface Condition {

        /** What makes it hold; null if it does not. */
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

        /** Holds as this one does; where the other holds too, that is evidence as well. */
        default Condition also(Condition other) {
            return and(other).or(this);
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
        return (report, delay) -> {
            MachineWord found = CodeWords.first(report.codes(), words);
            return found == null ? null : found.evidence();
        };
    }

    /** A code under this name alone, in letters and digits: the same number means other things elsewhere. */
    static Condition field(String field, Set<String> words) {
        return (report, delay) -> {
            for (MachineWord code : report.codes()) {
                if (words.contains(code.word()) && ErrorBody.word(code.field()).equals(field)) {
                    return code.evidence();
                }
            }
            return null;
        };
    }

    static Condition codeLike(String part) {
        return (report, delay) -> {
            for (MachineWord code : report.codes()) {
                if (code.word().contains(part)) {
                    return code.evidence(part);
                }
            }
            return null;
        };
    }

    static Condition says(Phrase phrase) {
        return (report, delay) -> {
            String quoted = phrase.in(report.text());
            return quoted == null ? null : Evidence.words(quoted);
        };
    }

    static Condition says(String... forms) {
        return says(Phrase.of(forms));
    }

    /** The status it stands for; 0 is an error inside a success that names none. */
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
