package io.aicore.llm.error;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.RateLimit;
import io.aicore.llm.chat.ResponseInfo;
import io.aicore.retry.FailedAttempt;
import io.aicore.retry.GiveUpReason;
import io.aicore.retry.RetryHistory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that failed. The caller gets the last failure itself, so {@code onErrorResume(RateLimitedException.class, …)}
 * works, with the history of all attempts on it; earlier failures are suppressed exceptions of it, at most 16.
 *
 * <p>An instance belongs to one call: a custom provider makes a new one for each failure. No message holds a key or a
 * prompt.
 */
public class LlmException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorDetails details;
    private transient volatile @Nullable RetryHistory history;
    private transient volatile ResponseInfo response = ResponseInfo.NONE;
    private transient volatile @Nullable Completion partial;
    private transient volatile @Nullable List<Message> conversation;

    /** A failure of this kind; the message is made of the details. */
    public LlmException(ErrorDetails details, @Nullable Throwable cause) {
        super(details.message(), cause);
        this.details = details;
    }

    /** For failures that are made often and thrown nowhere: without a stack trace if not wanted. */
    protected LlmException(ErrorDetails details, @Nullable Throwable cause, boolean stackTrace) {
        super(details.message(), cause, true, stackTrace);
        this.details = details;
    }

    /** All that is known of this failure. */
    public final ErrorDetails details() {
        return details;
    }

    /** Who failed, by its configured name. */
    public final String provider() {
        return details.provider();
    }

    /** The model asked for; null if the failure came before one was known. */
    public final @Nullable String model() {
        return details.model();
    }

    /** What kind of failure it was. */
    public final ErrorCategory category() {
        return details.category();
    }

    /** The HTTP status; null if there was none. An error inside a 200 carries the status it stands for, if it named one. */
    public final @Nullable Integer status() {
        return details.status();
    }

    /** The provider's own code or type. */
    public final @Nullable String code() {
        return details.code();
    }

    /** The provider's id of the request. */
    public final @Nullable String requestId() {
        return details.requestId();
    }

    /** Headers of the response that was, or held, the failure: see {@link ResponseInfo#headers()}; empty if none came. */
    public final Map<String, String> headers() {
        return response.headers();
    }

    /** How much more the provider will take, as it told with the failure; null if it did not say. */
    public final @Nullable RateLimit rateLimit() {
        return response.rateLimit();
    }

    /** Whether the same request may pass within about an hour. */
    public final boolean retryable() {
        return details.retryable();
    }

    /** The delay the provider asked for; null if it asked for none. */
    public final @Nullable Duration retryAfter() {
        return details.retryAfter();
    }

    /** The attempts that failed, oldest first, this failure's own last; at most 16. Empty before the call has ended. */
    public final List<FailedAttempt> attempts() {
        RetryHistory known = history;
        return known == null ? List.of() : known.failures();
    }

    /** Why the call ended with this failure; null before it has ended. */
    public final @Nullable GiveUpReason reason() {
        RetryHistory known = history;
        return known == null ? null : known.reason();
    }

    /** The whole story of the call; null before it has ended. */
    public final @Nullable RetryHistory history() {
        return history;
    }

    /**
     * What a stream had delivered before it failed, or the answer that was there but is not what was asked for; null if
     * nothing. Its {@code usage()} is set if it was known.
     */
    public final @Nullable Completion partial() {
        return partial;
    }

    /** The text of {@link #partial()}; empty if none. */
    public final String partialText() {
        Completion known = partial;
        return known == null ? "" : known.text();
    }

    /** The conversation of a {@code ToolLoop} as far as it came, to go on with; empty for any other call. */
    public final List<Message> conversation() {
        List<Message> known = conversation;
        return known == null ? List.of() : known;
    }

    /** Adds the story of the call. Called once, by the layer that ends it. */
    public final LlmException history(RetryHistory history) {
        this.history = history;
        return this;
    }

    /** Adds what the head of the response told. Called once, by the layer that had it. */
    public final LlmException response(ResponseInfo response) {
        this.response = response;
        return this;
    }

    /** Adds what there was of an answer. Called once, by the layer that had it. */
    public final LlmException partial(Completion partial) {
        this.partial = partial;
        return this;
    }

    /** Adds a loop's conversation. Called once, by the loop. */
    public final LlmException conversation(List<Message> conversation) {
        this.conversation = List.copyOf(conversation);
        return this;
    }

    /**
     * The same failure with other details: of the same kind, with the same cause and stack trace. A kind of a custom
     * provider's own stays as it is.
     */
    public final LlmException details(ErrorDetails changed) {
        LlmException other = of(changed, getCause());
        if (other.getClass() != getClass()) {
            return this;
        }
        other.setStackTrace(getStackTrace());
        other.response = response;
        other.history = history;
        other.partial = partial;
        other.conversation = conversation;
        for (Throwable earlier : getSuppressed()) {
            other.addSuppressed(earlier);
        }
        return other;
    }

    /** The exception of the kind that belongs to the category in these details. */
    public static LlmException of(ErrorDetails details) {
        return of(details, null);
    }

    /** The exception of the kind that belongs to the category in these details, with its cause. */
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
