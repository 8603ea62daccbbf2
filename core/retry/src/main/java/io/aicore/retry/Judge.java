package io.aicore.retry;

import io.aicore.limit.Guard;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Classifies an error: the classifier first, then {@code retryOn} narrows, {@code giveUpOn} overrides. Never throws.
 */
final class Judge {

    private Judge() {}

    /**
     * @param isFinal whether the failure is final regardless of the circuit
     * @param isGivenUp whether another call may have given up on the error before
     * @param thrown the error that a predicate or the classifier threw
     */
    record Classification(
            Failure failure,
            boolean isFinal,
            boolean isGivenUp,
            @Nullable Throwable thrown) {

        Classification asFinal(String why) {
            return new Classification(failure.retryable(false).why(why), true, true, thrown);
        }

        Classification givenUp() {
            return new Classification(failure, isFinal, true, thrown);
        }
    }

    /**
     * @param committed whether the caller already received elements that a retry would repeat
     * @param latestCall number of the most recent call when the attempt began
     */
    static Classification judge(Plan plan, Throwable error, ContextView context, boolean committed, long latestCall) {
        Classification classification = judge(plan, error, context);
        String why = classification.failure().why();
        if (committed && !classification.failure().resumable()) {
            return classification.asFinal("already emitted: " + why);
        }
        GivenUp inner = GivenUp.on(error);
        if (inner == null) {
            return classification;
        }
        return inner.startedAfter(latestCall)
                ? classification.asFinal(
                        "an inner retry gave up: " + inner.history().why())
                : classification.givenUp();
    }

    private static Classification judge(Plan plan, Throwable error, ContextView context) {
        try {
            FailureClassifier classifier = plan.classifier == null ? FailureClassifier.standard() : plan.classifier;
            Failure meant = Objects.requireNonNull(classifier.classify(error, context), "the classifier gave null");
            String named = named(plan.giveUpOn, error);
            return named != null
                    ? new Classification(meant, false, false, null).asFinal("giveUpOn(" + named + "): " + meant.why())
                    : new Classification(narrowed(plan, meant, error), false, false, null);
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(unwrapped(thrown));
            String why = Text.name(thrown) + " was thrown while the failure was classified";
            return new Classification(Failure.permanent(why), true, false, thrown);
        }
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause != null && Guard.endsJvm(cause) ? cause : thrown;
    }

    private static Failure narrowed(Plan plan, Failure failure, Throwable error) {
        if (plan.retryOn.isEmpty()) {
            return failure;
        }
        String named = named(plan.retryOn, error);
        if (named == null) {
            return failure.retryable()
                    ? failure.retryable(false).why("not among retryOn(" + names(plan.retryOn) + ")")
                    : failure;
        }
        boolean refusedByStandard = plan.classifier == null && !failure.retryable();
        return refusedByStandard ? failure.retryable(true).why("retryOn(" + named + ")") : failure;
    }

    private static String names(List<Plan.Kind> kinds) {
        return kinds.stream().map(Plan.Kind::name).collect(Collectors.joining(", "));
    }

    private static @Nullable String named(List<Plan.Kind> kinds, Throwable error) {
        // A list that is empty most of the time would still make an iterator.
        for (int i = 0; i < kinds.size(); i++) {
            if (Causes.any(error, kinds.get(i).matches())) {
                return kinds.get(i).name();
            }
        }
        return null;
    }
}
