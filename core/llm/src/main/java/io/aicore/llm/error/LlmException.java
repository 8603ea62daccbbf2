package io.aicore.llm.error;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.RateLimit;
import io.aicore.llm.internal.FailureState;
import io.aicore.retry.FailedAttempt;
import io.aicore.retry.GiveUpReason;
import io.aicore.retry.RetryHistory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that failed. The caller gets the last failure itself, so {@code onErrorResume(RateLimitedException.class, …)}
 * works; it has the history of all attempts, and up to 16 earlier failures as suppressed exceptions.
 *
 * <p>An instance belongs to one call: a custom provider creates a new one for each failure. Messages never contain keys
 * or prompts.
 */
public class LlmException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static {
        FailureState.readBy(failure -> ((LlmException) failure).state);
    }

    private transient volatile ErrorDetails details;
    private volatile String message;
    private transient FailureState state = new FailureState();

    /** Creates the exception with a message from these details. */
    public LlmException(ErrorDetails details, @Nullable Throwable cause) {
        this(details, cause, true);
    }

    /** Creates the exception; without a stack trace for failures that are frequent and whose origin is known. */
    protected LlmException(ErrorDetails details, @Nullable Throwable cause, boolean stackTrace) {
        super(null, cause, true, stackTrace);
        this.details = details;
        this.message = details.message();
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** All details of this failure. */
    public final ErrorDetails details() {
        return details;
    }

    /** Configured name of the provider. */
    public final String provider() {
        return details.provider();
    }

    /** The requested model; null if the failure occurred before it was known. */
    public final @Nullable String model() {
        return details.model();
    }

    /** The category of the failure. */
    public final ErrorCategory category() {
        return details.category();
    }

    /** The HTTP status; null if there was none. For an error inside a 200 it is the status named there, if any. */
    public final @Nullable Integer status() {
        return details.status();
    }

    /** The provider's own error code or type. */
    public final @Nullable String code() {
        return details.code();
    }

    /** The provider's id of the request. */
    public final @Nullable String requestId() {
        return details.requestId();
    }

    /** Headers of the response that failed, see {@link io.aicore.llm.chat.ResponseInfo#headers()}; empty without a response. */
    public final Map<String, String> headers() {
        return state.response().headers();
    }

    /** The rate limit that the failed response reported; null without one. */
    public final @Nullable RateLimit rateLimit() {
        return state.response().rateLimit();
    }

    /** Whether the same request may succeed within about an hour. */
    public final boolean retryable() {
        return details.retryable();
    }

    /** The delay the provider requested; null without one. */
    public final @Nullable Duration retryAfter() {
        return details.retryAfter();
    }

    /** The failed attempts, oldest first, this failure last; at most 16. Empty until the call has ended. */
    public final List<FailedAttempt> attempts() {
        RetryHistory known = state.history();
        return known == null ? List.of() : known.failures();
    }

    /** Why the call ended with this failure; null until it has ended. */
    public final @Nullable GiveUpReason reason() {
        RetryHistory known = state.history();
        return known == null ? null : known.reason();
    }

    /** The history of the call; null until it has ended. */
    public final @Nullable RetryHistory history() {
        return state.history();
    }

    /**
     * The partial answer of a failed stream, or an answer that does not match the request; null without one. Its
     * {@code usage()} is set if known.
     */
    public final @Nullable Completion partial() {
        return state.partial();
    }

    /** The text of {@link #partial()}; empty without one. */
    public final String partialText() {
        Completion known = state.partial();
        return known == null ? "" : known.text();
    }

    /** The conversation of a {@code ToolLoop} until the failure, to continue with; empty for any other call. */
    public final List<Message> conversation() {
        return state.conversation();
    }

    /**
     * Returns this failure with other details and all else it has: a new exception of the class for their category, with
     * the same cause, stack trace, history, response, partial answer and suppressed exceptions. A subclass of your own
     * stays what it is: this instance gets the details.
     */
    public final LlmException details(ErrorDetails changed) {
        if (of(details).getClass() != getClass()) {
            details = changed;
            message = changed.message();
            return this;
        }
        LlmException other = of(changed, getCause());
        other.setStackTrace(getStackTrace());
        other.state = state.copy();
        for (Throwable earlier : getSuppressed()) {
            other.addSuppressed(earlier);
        }
        return other;
    }

    /** Creates the exception class for the category of these details. */
    public static LlmException of(ErrorDetails details) {
        return of(details, null);
    }

    /** Creates the exception class for the category of these details, with a cause. */
    public static LlmException of(ErrorDetails details, @Nullable Throwable cause) {
        return switch (details.category()) {
            case RATE_LIMITED -> new RateLimitedException(details, cause);
            case OVERLOADED -> new OverloadedException(details, cause);
            case SERVER_ERROR -> new ServerErrorException(details, cause);
            case INVALID_REQUEST -> new InvalidRequestException(details, cause);
            case CONTEXT_LENGTH -> new ContextLengthException(details, cause);
            case BILLING -> new BillingException(details, cause);
            case NOT_FOUND -> new NotFoundException(details, cause);
            case QUOTA_EXHAUSTED -> new QuotaExhaustedException(details, cause);
            case AUTHENTICATION -> new AuthenticationException(details, cause);
            case TIMEOUT -> new LlmTimeoutException(details, cause);
            case CONTENT_FILTERED -> new ContentFilteredException(details, cause);
            case PAYLOAD_TOO_LARGE -> new PayloadTooLargeException(details, cause);
            case PERMISSION -> new PermissionException(details, cause);
            case UNSUPPORTED_REGION -> new UnsupportedRegionException(details, cause);
            case CONFLICT -> new ConflictException(details, cause);
            case CONNECTION -> new ConnectionException(details, cause);
            case MALFORMED_RESPONSE -> new MalformedResponseException(details, cause);
            case INCOMPLETE_STREAM -> new IncompleteStreamException(details, cause);
            case CIRCUIT_OPEN -> new CircuitOpenException(details, cause);
            case REJECTED -> new RejectedException(details, cause);
            case CLIENT_ERROR -> new ClientErrorException(details, cause);
        };
    }
}
