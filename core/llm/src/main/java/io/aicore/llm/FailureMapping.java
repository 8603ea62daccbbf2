package io.aicore.llm;

import io.aicore.limit.AdmissionRejectedException;
import io.aicore.limit.AdmissionRejectedException.Bound;
import io.aicore.limit.AttemptOutcome;
import io.aicore.limit.CallNotPermittedException;
import io.aicore.limit.CredentialRejectedException;
import io.aicore.limit.Outcome;
import io.aicore.limit.RateReport;
import io.aicore.llm.chat.RateLimit;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.error.CircuitOpenException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.http.HttpTransport;
import io.aicore.retry.Failure;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * Maps a failure to a typed exception for the caller, a {@link Failure} for the retry, and an outcome for the circuit.
 */
final class FailureMapping {

    /** Code of a stream that sent bytes but no content for too long. */
    static final String NO_CONTENT = "first_content_timeout";

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;

    private FailureMapping() {}

    /**
     * The typed exception for any error of an attempt. The circuit's own refusal is kept, because the retry handles it.
     */
    static Throwable typed(String provider, @Nullable String model, Throwable thrown) {
        Throwable error = Exceptions.unwrap(thrown);
        if (error instanceof LlmException failure) {
            // The transport does not know which model it was asked for.
            return failure.model() != null
                    ? failure
                    : failure.details(failure.details().model(model));
        }
        if (error instanceof CallNotPermittedException || error instanceof AdmissionRejectedException) {
            return error;
        }
        if (error instanceof CredentialRejectedException rejected) {
            ErrorDetails details = ErrorDetails.of(
                            provider,
                            ErrorCategory.AUTHENTICATION,
                            false,
                            "not sent: the provider has rejected this key several times in a row")
                    .retryAfter(rejected.untilNextTry());
            return LlmException.of(details.model(model), rejected);
        }
        if (error instanceof TimeoutException) {
            return of(provider, model, ErrorCategory.TIMEOUT, true, "no response in time", Phase.FIRST_BYTE, error);
        }
        if (error instanceof IOException) {
            return of(provider, model, ErrorCategory.CONNECTION, true, "the connection failed", Phase.BODY, error);
        }
        String why = "the client's own code failed with " + error.getClass().getName();
        return of(provider, model, ErrorCategory.CLIENT_ERROR, false, why, Phase.BODY, error);
    }

    /** The error of a call refused by an open circuit. */
    static LlmException refused(String provider, @Nullable String model, CallNotPermittedException refusal) {
        // A closed circuit refuses only while admission ramps up.
        String why = switch (refusal.state()) {
            case OPEN -> "not sent: the circuit is open";
            case HALF_OPEN -> "not sent: the circuit is half-open and its probe is in flight";
            case CLOSED -> "not sent: the circuit is recovering, admission is ramping up";
        };
        ErrorDetails details = ErrorDetails.of(provider, ErrorCategory.CIRCUIT_OPEN, false, why)
                .retryAfter(refusal.untilNextProbe());
        return new CircuitOpenException(details.model(model), refusal);
    }

    /** The error of a call that was not admitted because its wait would be too long, or too many wait. */
    static LlmException notAdmitted(String provider, @Nullable String model, AdmissionRejectedException rejected) {
        boolean late = isRateLimit(rejected);
        ErrorDetails details = ErrorDetails.of(
                        provider,
                        late ? ErrorCategory.RATE_LIMITED : ErrorCategory.REJECTED,
                        false,
                        "not sent: " + rejected.reason())
                .retryAfter(rejected.untilAdmission())
                .phase(Phase.ADMISSION);
        return LlmException.of(details.model(model), rejected);
    }

    /** Whether the provider's rate limit is what the call would have had to wait for. */
    private static boolean isRateLimit(AdmissionRejectedException rejected) {
        return rejected.bound() == Bound.MAX_WAIT || rejected.bound() == Bound.DEADLINE;
    }

    /** The error of an operation the provider does not support; nothing is sent. */
    static LlmException notOffered(String provider, String what) {
        return LlmException.of(
                ErrorDetails.of(
                                provider,
                                ErrorCategory.INVALID_REQUEST,
                                false,
                                "not sent: " + provider + " does not support " + what)
                        .phase(Phase.ADMISSION),
                null);
    }

    /** Classifies an error for the retry. */
    static Failure verdict(Throwable error) {
        if (error instanceof CallNotPermittedException) {
            return Failure.permanent("not sent: the circuit is open")
                    .category(ErrorCategory.CIRCUIT_OPEN.word())
                    .phase(Phase.ADMISSION.word());
        }
        if (error instanceof AdmissionRejectedException rejected) {
            ErrorCategory category = isRateLimit(rejected) ? ErrorCategory.RATE_LIMITED : ErrorCategory.REJECTED;
            return Failure.permanent("not sent: " + rejected.reason())
                    .category(category.word())
                    .phase(Phase.ADMISSION.word());
        }
        if (!(error instanceof LlmException failure)) {
            return Failure.permanent(error.getClass().getName());
        }
        ErrorDetails details = failure.details();
        Failure verdict = (details.retryable() ? Failure.retryable(details.why()) : Failure.permanent(details.why()))
                .retryAfter(details.retryAfter())
                .phase(details.phase().word())
                .status(details.status())
                .category(details.category().word())
                .requestId(details.requestId());
        // An empty answer is requested once more, not maxRetries times.
        return ErrorClassifier.EMPTY_COMPLETION.equals(details.code()) ? verdict.retryLimit(1) : verdict;
    }

    /**
     * Maps an error for the circuit. Only an error that shows a provider that is down, overloaded or hanging is a
     * failure; any response proves that it is up, including a 429: counting that would open the circuit of a provider
     * that works as agreed.
     */
    static Outcome outcome(Throwable error) {
        if (!(error instanceof LlmException failure)) {
            return Outcome.IGNORED;
        }
        Integer status = failure.status();
        if (status != null && (status < 200 || status > 599)) {
            return Outcome.IGNORED;
        }
        // Who shows life is up; how long its model may think is the caller's to say.
        if (NO_CONTENT.equals(failure.code())) {
            return Outcome.ALIVE;
        }
        // Who was late itself has seen nothing of the provider.
        if (HttpTransport.CLIENT_BEHIND.equals(failure.code())) {
            return Outcome.IGNORED;
        }
        boolean clientStatus = status != null && status >= 400 && status < 500;
        return switch (failure.category()) {
            case CONNECTION, INCOMPLETE_STREAM -> Outcome.FAILURE;
            case SERVER_ERROR, OVERLOADED, TIMEOUT -> clientStatus ? Outcome.ALIVE : Outcome.FAILURE;
            case REJECTED, CIRCUIT_OPEN, CLIENT_ERROR -> Outcome.IGNORED;
            default -> failure.details().phase() == Phase.ADMISSION && status == null ? Outcome.IGNORED : Outcome.ALIVE;
        };
    }

    /**
     * Maps an error for admission. A 429 of a rate limit closes the gate; a spent quota or a missing payment does not, since
     * waiting would not help.
     */
    static AttemptOutcome attemptOutcome(Throwable error) {
        Outcome health = outcome(error);
        if (!(error instanceof LlmException failure) || failure.details().phase() == Phase.ADMISSION) {
            return new AttemptOutcome(health, false, null, keyOutcome(error));
        }
        boolean limited = failure.category() == ErrorCategory.RATE_LIMITED
                || (Objects.equals(failure.status(), TOO_MANY_REQUESTS) && failure.retryable());
        boolean asked = limited || health == Outcome.FAILURE;
        return new AttemptOutcome(health, limited, asked ? failure.retryAfter() : null, keyOutcome(error));
    }

    /** The rate limit in admission's own terms. */
    static RateReport report(@Nullable RateLimit limit) {
        return limit == null ? RateReport.NONE : new RateReport(quota(limit.requests()), quota(limit.tokens()));
    }

    private static RateReport.Quota quota(RateLimit.Budget budget) {
        return new RateReport.Quota(budget.limit(), budget.remaining(), budget.reset());
    }

    /** Maps an error for the credential latch: key rejected, accepted, or not checked. */
    static Outcome keyOutcome(Throwable error) {
        if (!(error instanceof LlmException failure) || failure.status() == null) {
            return Outcome.IGNORED;
        }
        if (failure.status() == UNAUTHORIZED) {
            return Outcome.FAILURE;
        }
        // A 403 is a model's, a firewall's or a prompt's: it does not even say that the key was looked at.
        if (failure.status() == FORBIDDEN) {
            return Outcome.IGNORED;
        }
        return failure.status() < 500 ? Outcome.ALIVE : Outcome.IGNORED;
    }

    private static LlmException of(
            String provider,
            @Nullable String model,
            ErrorCategory category,
            boolean retryable,
            String why,
            Phase phase,
            Throwable cause) {
        ErrorDetails details =
                ErrorDetails.of(provider, category, retryable, why).model(model).phase(phase);
        return LlmException.of(details, cause);
    }
}
