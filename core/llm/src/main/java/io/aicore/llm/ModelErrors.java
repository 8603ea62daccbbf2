package io.aicore.llm;

import io.aicore.limit.AdmissionRejectedException;
import io.aicore.limit.CallNotPermittedException;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.error.DeadlineExceededException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.internal.FailureState;
import io.aicore.retry.GiveUpReason;
import io.aicore.retry.RetryDeadlineException;
import io.aicore.retry.RetryHistory;
import org.jspecify.annotations.Nullable;

/** The errors of the calls to one model of a provider. */
record ModelErrors(String provider, @Nullable String model) {

    ErrorDetails details(ErrorCategory category, boolean retryable, String why) {
        return ErrorDetails.of(provider, category, retryable, why).model(model);
    }

    LlmException emptyAnswer() {
        return new MalformedResponseException(
                details(ErrorCategory.MALFORMED_RESPONSE, true, "the answer is empty")
                        .response(null, ErrorClassifier.EMPTY_COMPLETION, null)
                        .phase(Phase.BODY),
                null);
    }

    /** The typed error of an attempt. */
    Throwable typed(Throwable error) {
        return FailureMapping.typed(provider, model, error);
    }

    /**
     * The error the caller gets: the last failure, with the history of the call.
     *
     * @param stream the last attempt at a stream; null without one
     */
    Throwable last(Throwable last, RetryHistory history, @Nullable StreamAttempt stream) {
        boolean cutStream = history.reason() == GiveUpReason.DEADLINE && stream != null && stream.committed();
        if (cutStream || last instanceof RetryDeadlineException) {
            return FailureState.history(deadlineExceeded(cutStream ? stream : null, history), history);
        }
        if (last instanceof CallNotPermittedException refusal) {
            return FailureState.history(FailureMapping.refused(provider, model, refusal), history);
        }
        if (last instanceof AdmissionRejectedException rejected) {
            return FailureState.history(FailureMapping.notAdmitted(provider, model, rejected), history);
        }
        return typed(last) instanceof LlmException failure ? FailureState.history(failure, history) : last;
    }

    private LlmException deadlineExceeded(@Nullable StreamAttempt cut, RetryHistory history) {
        ErrorDetails details = details(ErrorCategory.TIMEOUT, false, history.why())
                .phase(cut == null ? Phase.FIRST_BYTE : Phase.STREAM);
        LlmException exceeded = new DeadlineExceededException(details, null);
        return cut == null ? exceeded : FailureState.partial(exceeded, cut.delivered());
    }
}
