package io.aicore.llm.codec.failure;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.SafeText;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.internal.FailureState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Maps failures of a provider to typed exceptions: the category, whether the request is retryable, the delay the server
 * requested, and the reason. Reads status, headers and body in the formats of all known hosts and of gateways in front
 * of them. Never throws; messages contain no keys and no prompts. Immutable: a protocol adds its own rules with
 * {@link #code}, {@link #phrase} and {@link #status}.
 */
public final class ErrorClassifier {

    /** The code of an answer without content; retried once. */
    public static final String EMPTY_COMPLETION = "empty_completion";

    /** The code of an answer with reasoning only. */
    public static final String REASONING_ONLY = "reasoning_only";

    private final String provider;
    private final List<ErrorRule> own;

    /**
     * @param provider the provider's configured name
     */
    public ErrorClassifier(String provider) {
        this(provider, List.of());
    }

    private ErrorClassifier(String provider, List<ErrorRule> own) {
        this.provider = provider;
        this.own = own;
    }

    /** The provider's configured name. */
    public String provider() {
        return provider;
    }

    /**
     * Returns a copy that maps these codes (a code, a type, a reason or an exception's name) to this category. Its
     * rules precede the shared ones and follow those added earlier.
     *
     * @param codes compared by letters and digits, case-insensitively
     */
    public ErrorClassifier code(ErrorCategory category, String... codes) {
        Set<String> words = Arrays.stream(codes).map(ErrorBody::word).collect(Collectors.toUnmodifiableSet());
        return with(new ErrorRule(category, ErrorRule.code(words), "in this protocol that is " + category.word()));
    }

    /**
     * Returns a copy that maps messages with these phrases to this category. Its rules precede the shared ones and
     * follow those added earlier.
     *
     * @param phrases compared literally, case-insensitively
     */
    public ErrorClassifier phrase(ErrorCategory category, String... phrases) {
        MessagePattern words = MessagePattern.literally(Arrays.stream(phrases)
                .map(phrase -> phrase.toLowerCase(Locale.ROOT))
                .toArray(String[]::new));
        return with(new ErrorRule(category, ErrorRule.says(words), "in this protocol that is " + category.word()));
    }

    /** Returns a copy that maps this status to this category, with the precedence of {@link #code}. */
    public ErrorClassifier status(ErrorCategory category, int status) {
        return with(new ErrorRule(category, ErrorRule.status(status), "in this protocol that is " + category.word()));
    }

    private ErrorClassifier with(ErrorRule rule) {
        List<ErrorRule> all = new ArrayList<>(own);
        all.add(rule);
        return new ErrorClassifier(provider, List.copyOf(all));
    }

    /**
     * Whether the body of a 2xx response without an answer describes an error. For bodies without the error format of
     * the protocol itself, because gateways and relays have their own. An answer may contain the same fields: look for
     * an answer first.
     */
    public static boolean complains(JsonFields body) {
        return FieldNames.COMPLAINTS.stream().anyMatch(name -> !isBlank(body.at(name)))
                || body.at("Response").at("Error").isObject()
                || !Set.of("", "0").contains(Objects.requireNonNullElse(body.scalar("base_resp", "status_code"), ""));
    }

    private static boolean isBlank(JsonFields node) {
        return node.isContainer()
                ? node.isEmpty()
                : !node.isString() || node.text().isBlank();
    }

    /**
     * The failure of a response without an answer: any status but 2xx, a 202 (the answer is not ready yet), or a 2xx
     * whose body is an error.
     */
    public LlmException response(@Nullable String model, WireResponse response) {
        return failure(model, response, response.text(), Phase.BODY);
    }

    /** The failure of an error inside a stream, classified by the status it names. */
    public LlmException inStream(@Nullable String model, WireResponse head, String data, Phase phase) {
        return failure(model, head, data, phase);
    }

    /**
     * The failure of an event that is not JSON: classified by its text if that describes an error, otherwise a
     * malformed response.
     */
    public LlmException unreadable(
            @Nullable String model, WireResponse head, WireEvent event, MalformedJsonException why, Phase phase) {
        if (event.tellsError() || (event.isWords() && isKnown(head, event.data()))) {
            return inStream(model, head, event.data(), phase);
        }
        return malformed(model, head, "not_json", "an event of the stream is " + why.getMessage());
    }

    private boolean isKnown(WireResponse head, String words) {
        FailureReport report = FailureReport.of(head.status(), head.headers(), head.received(), words);
        return ErrorRules.first(own, report, null).isKnown();
    }

    /** The failure of a 2xx response that cannot be decoded. Retryable. */
    public LlmException malformed(@Nullable String model, WireResponse response, String code, String why) {
        return own(ErrorCategory.MALFORMED_RESPONSE, model, response, code, Phase.BODY, why);
    }

    /**
     * The failure of a 2xx response that does not match the request, such as embeddings of another form or number. Not
     * retryable: a retry would return, and bill, the same.
     */
    public LlmException unfit(@Nullable String model, WireResponse response, String code, String why) {
        LlmException failure = malformed(model, response, code, why);
        return failure.details(failure.details().retryable(false));
    }

    /** The failure of a 2xx response without content, with the code {@link #EMPTY_COMPLETION}. */
    public LlmException empty(@Nullable String model, WireResponse response) {
        return malformed(
                model,
                response,
                EMPTY_COMPLETION,
                "the answer holds no text, no tool call, no refusal and no reasoning");
    }

    /**
     * The failure of a response with reasoning only, from which no record could be read either; its code is
     * {@link #REASONING_ONLY}. Not retried; the reasoning is its partial answer.
     */
    public LlmException reasoningOnly(@Nullable String model, WireResponse response) {
        return unfit(
                model,
                response,
                REASONING_ONLY,
                "the answer holds reasoning alone: the model stopped without text, tool call or refusal");
    }

    /**
     * Returns this answer if it has content. Called if there is only text and calls, and the finish reason does not
     * explain their absence.
     *
     * @throws LlmException if it has no content
     */
    public Completion answered(@Nullable String model, WireResponse response, Completion answer) {
        if (answer.isEmpty()) {
            throw empty(model, response);
        }
        boolean said = !answer.text().isEmpty()
                || !answer.toolCalls().isEmpty()
                || (answer.refusal() != null && !answer.refusal().isEmpty());
        if (!said && answer.finishReason() == FinishReason.STOP) {
            throw FailureState.partial(reasoningOnly(model, response), answer);
        }
        return answer;
    }

    /** The failure of a stream that ended before its protocol's last event. */
    public LlmException incomplete(@Nullable String model, WireResponse head, Phase phase, String why) {
        return own(ErrorCategory.INCOMPLETE_STREAM, model, head, null, phase, why);
    }

    /** The failure for a finish reason that means a failure of the provider, such as {@code network_error}. */
    public LlmException failedFinish(
            @Nullable String model, WireResponse head, ErrorCategory category, String reason, Phase phase) {
        String code = SafeText.code(reason);
        return own(category, model, head, code, phase, "the answer broke off with finish reason " + code);
    }

    private LlmException failure(@Nullable String model, WireResponse response, String text, Phase phase) {
        FailureReport report = FailureReport.of(response.status(), response.headers(), response.received(), text);
        Verdict verdict = Verdict.of(report, own);
        int status = report.status();
        return LlmException.of(ErrorDetails.of(provider, verdict.category(), verdict.retryable(), verdict.why())
                .model(model)
                .phase(phase)
                .retryAfter(verdict.delay())
                .response(new ErrorDetails.Response(
                        status == 0 ? response.status() : status,
                        report.body().code(),
                        report.requestId(),
                        report.body().message())));
    }

    private LlmException own(
            ErrorCategory category,
            @Nullable String model,
            WireResponse response,
            @Nullable String code,
            Phase phase,
            String why) {
        return LlmException.of(ErrorDetails.of(provider, category, true, why)
                .model(model)
                .phase(phase)
                .response(response.status(), code, response.requestId()));
    }
}
