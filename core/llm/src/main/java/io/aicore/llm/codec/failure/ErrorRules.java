package io.aicore.llm.codec.failure;

import static io.aicore.llm.codec.failure.ErrorRule.code;
import static io.aicore.llm.codec.failure.ErrorRule.codeLike;
import static io.aicore.llm.codec.failure.ErrorRule.field;
import static io.aicore.llm.codec.failure.ErrorRule.says;
import static io.aicore.llm.codec.failure.ErrorRule.status;
import static io.aicore.llm.codec.failure.ErrorRule.statusBetween;

import io.aicore.llm.codec.failure.ErrorRule.Condition;
import io.aicore.llm.error.ErrorCategory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The classification table, most certain rules first; the first rule that holds decides. The body precedes the status,
 * because hosts disagree on statuses: an empty account is a 400, 402, 403, 412 or 429, a full context window a 400,
 * 413, 422, 500 or 200. Codes precede texts, and texts are read only under statuses where they cannot be a quotation.
 */
final class ErrorRules {

    /** A rule that holds, with its evidence. */
    record Finding(ErrorRule rule, Evidence evidence) {

        /** Whether the cause of the failure is known. */
        boolean isKnown() {
            return !rule.equals(NO_RULE);
        }
    }

    private static final Duration ROLLING = Duration.ofHours(1);
    private static final int ACCEPTED = 202;

    private static final Condition CLIENT = statusBetween(400, 428).or(statusBetween(430, 499));
    private static final Condition UNKNOWN = status(0);
    private static final Condition LIMITED = status(429);
    private static final Condition SERVER = statusBetween(500, 599);
    private static final Condition SOON =
            (report, delay) -> delay != null && delay.compareTo(ROLLING) <= 0 ? Evidence.SILENT : null;

    private static final Condition PER_MINUTE = says(LimitPhrases.PER_MINUTE);
    private static final Condition PER_DAY = says(LimitPhrases.PER_DAY);
    private static final Condition PER_HOUR = says(LimitPhrases.PER_HOUR);
    private static final Condition RATE_WORDS = says(LimitPhrases.RATE);
    private static final Condition NO_CREDIT = says(BillingPhrases.NO_CREDIT);
    private static final Condition BAD_KEY = says(RequestPhrases.BAD_KEY);

    private static final String NO_CREDIT_LEFT =
            "the account has no credit or is not active, so every request fails until that is settled";
    private static final String USED_UP = "the quota is used up, so waiting will not help within the hour";
    private static final String TOO_FAST = "too many requests or tokens in a short window, so waiting helps";
    private static final String NO_CAPACITY = "the provider has no capacity now, so a later attempt may succeed";
    private static final String TOO_LATE = "the provider did not answer in time, so another attempt may succeed";
    private static final String TOO_LARGE = "the request exceeds the provider's size limit";

    private static final Pattern LIMIT_REQUESTED =
            Pattern.compile("limit:? ?(\\d[\\d,]{0,14})\\b[^\\n]{0,60}?requested:? ?(\\d[\\d,]{0,14})\\b");

    // Package-private for the test that asks for a case of each.
    static final List<ErrorRule> RULES = List.of(
            rule(
                    ErrorCategory.MALFORMED_RESPONSE,
                    statusBetween(100, 199).or(statusBetween(600, Integer.MAX_VALUE)),
                    "HTTP has no such status, so whatever sent it does not speak HTTP"),
            rule(
                    ErrorCategory.INVALID_REQUEST,
                    status(400, 422, 0).and(code(ErrorCodes.FORM)),
                    "a field of the request is not accepted, so the same request fails again"),
            rule(
                    ErrorCategory.UNSUPPORTED_REGION,
                    code(ErrorCodes.REGION)
                            .or(status(451))
                            .or(CLIENT.or(UNKNOWN).and(says(RequestPhrases.REGION))),
                    "the provider does not serve this region"),
            rule(
                    ErrorCategory.CONTENT_FILTERED,
                    code(ErrorCodes.FILTER)
                            .or(codeLike("contentpolicyviolation"))
                            .or(field("statuscode", ErrorCodes.MINIMAX_FILTER))
                            .or(status(400, 403, 422, 451, 498, 0).and(says(RequestPhrases.FILTERED))),
                    "the provider's content filter refuses this request each time"),
            rule(
                    ErrorCategory.CONTEXT_LENGTH,
                    LIMITED.not()
                            .and(code(ErrorCodes.CONTEXT)
                                    .or(status(401, 402, 404).not().and(says(RequestPhrases.CONTEXT)))),
                    "the request is longer than the model's context window: shorten it or choose a larger model"),
            // OpenAI says so with 429, Groq with 413, both with code rate_limit_exceeded.
            rule(
                    ErrorCategory.PAYLOAD_TOO_LARGE,
                    ((Condition) ErrorRules::overWholeBucket).or(LIMITED.and(says(RequestPhrases.TOO_LARGE_FOR))),
                    "the request is larger than the whole rate limit, so waiting will not help"),
            rule(
                    ErrorCategory.PAYLOAD_TOO_LARGE,
                    code(ErrorCodes.TOO_LARGE)
                            .and(LIMITED.not())
                            .or(CLIENT.or(UNKNOWN).and(says(RequestPhrases.TOO_LARGE))),
                    TOO_LARGE),
            // OpenRouter: the budget is bound by requests in flight, and comes back with them.
            rule(
                    ErrorCategory.RATE_LIMITED,
                    code(Set.of("openrouterinflightbudget")).and(SOON),
                    "the budget is held by requests in flight, so waiting helps"),
            rule(
                    ErrorCategory.BILLING,
                    code(ErrorCodes.BILLING).or(field("statuscode", ErrorCodes.MINIMAX_BILLING)),
                    NO_CREDIT_LEFT),
            rule(
                    ErrorCategory.QUOTA_EXHAUSTED,
                    code(ErrorCodes.QUOTA).or(field("statuscode", ErrorCodes.MINIMAX_QUOTA)),
                    USED_UP),
            // Google: QuotaFailure names the window.
            rule(ErrorCategory.QUOTA_EXHAUSTED, codeLike("perday"), "waiting will not help within the hour"),
            rule(
                    ErrorCategory.QUOTA_EXHAUSTED,
                    LIMITED.or(UNKNOWN).and(says(LimitPhrases.LIMIT_ZERO)),
                    "the plan has no quota for this model, so waiting will not help"),
            rule(
                    ErrorCategory.QUOTA_EXHAUSTED,
                    LIMITED.or(status(402, 403, 0))
                            .or(status(400).and(says(LimitPhrases.USAGE_LIMIT_IN_FORM)))
                            .and(says(LimitPhrases.PLAN))
                            .and(NO_CREDIT.not())
                            .and(PER_MINUTE.or(PER_HOUR).not()),
                    "the plan's quota is used up, so waiting will not help within the hour"),
            // "per minute" wins over words like quota, credit and billing, which its messages also use.
            rule(
                    ErrorCategory.RATE_LIMITED,
                    LIMITED.or(code(ErrorCodes.RATE))
                            .and(codeLike("perminute").or(PER_MINUTE))
                            .and(PER_DAY.not()),
                    TOO_FAST),
            rule(
                    ErrorCategory.BILLING,
                    NO_CREDIT
                            .or(says(BillingPhrases.ADD_CREDIT).and(RATE_WORDS.not()))
                            .or(status(402)),
                    NO_CREDIT_LEFT),
            // A day's window that rolls, and states when there is room again, is worth waiting for; else it is used up.
            rule(
                    ErrorCategory.QUOTA_EXHAUSTED,
                    LIMITED.or(status(403, 0))
                            .and(PER_DAY.or(code(ErrorCodes.QUOTA_UNLESS_ROLLING))
                                    .or(says(LimitPhrases.USED_UP)))
                            .and(SOON.not()),
                    USED_UP),
            rule(
                    ErrorCategory.AUTHENTICATION,
                    status(401, 407)
                            .also(code(ErrorCodes.AUTHENTICATION).or(BAD_KEY))
                            .or(CLIENT.or(UNKNOWN).and(code(ErrorCodes.AUTHENTICATION)))
                            .or(field("statuscode", ErrorCodes.MINIMAX_AUTHENTICATION))
                            .or(status(400, 403, 0).and(BAD_KEY)),
                    "the key is missing, wrong or revoked, so every attempt with it fails"),
            // Moonshot, TGI and others say 429 for their own load; Mistral even types it invalid_request_error.
            rule(
                    ErrorCategory.OVERLOADED,
                    code(ErrorCodes.OVERLOADED)
                            .and(status(404, 408, 500, 502, 504, 520, 522, 524)
                                    .and(says(LoadPhrases.TIMED_OUT))
                                    .not()),
                    NO_CAPACITY),
            rule(ErrorCategory.TIMEOUT, status(408, 504, 522, 524, 598, 599).also(code(ErrorCodes.TIMEOUT)), TOO_LATE),
            rule(
                    ErrorCategory.OVERLOADED,
                    LIMITED.or(SERVER)
                            .or(status(0, 408, 412, 424, 425, 498))
                            .and(says(LoadPhrases.BUSY)
                                    .or(status(500, 502).not().and(says(LoadPhrases.UNAVAILABLE)))),
                    NO_CAPACITY),
            rule(
                    ErrorCategory.TIMEOUT,
                    SERVER.or(UNKNOWN)
                            .and(code(ErrorCodes.TIMEOUT))
                            .or(field("statuscode", ErrorCodes.MINIMAX_TIMEOUT))
                            .or(UNKNOWN.and(says(LoadPhrases.TIMED_OUT))),
                    TOO_LATE),
            rule(
                    ErrorCategory.SERVER_ERROR,
                    LIMITED.and(code(ErrorCodes.SERVER))
                            .and(code(ErrorCodes.RATE).not())
                            .and(says(LoadPhrases.SERVER_FAILED)),
                    "the provider failed, although the status is that of a rate limit, so another attempt may succeed"),
            rule(
                    ErrorCategory.RATE_LIMITED,
                    LIMITED.also(code(ErrorCodes.RATE).or(RATE_WORDS))
                            .or(CLIENT.or(UNKNOWN).and(code(ErrorCodes.RATE)))
                            .or(field("statuscode", ErrorCodes.MINIMAX_RATE))
                            .or(UNKNOWN.and(RATE_WORDS)),
                    TOO_FAST),
            rule(
                    ErrorCategory.NOT_FOUND,
                    status(404, 410)
                            .also(code(ErrorCodes.NOT_FOUND))
                            .or(status(400, 403, 422, 0).and(code(ErrorCodes.NOT_FOUND)))
                            .or(status(400, 422, 0).and(says(RequestPhrases.NO_MODEL))),
                    "the model or path does not exist, or the key has no access to it"),
            rule(ErrorCategory.CONFLICT, status(409), "another request holds a lock, so a later attempt may succeed"),
            rule(ErrorCategory.PAYLOAD_TOO_LARGE, status(413, 414, 431), TOO_LARGE),
            rule(
                    ErrorCategory.PERMISSION,
                    status(403).also(code(ErrorCodes.PERMISSION)),
                    "the key has no permission, or a proxy or firewall forbids the request"),
            rule(ErrorCategory.OVERLOADED, status(425, 498, 503, 529), NO_CAPACITY),
            // Bedrock's ModelErrorException and Groq's failed dependency: the model failed, not the caller.
            rule(
                    ErrorCategory.SERVER_ERROR,
                    status(424).also(code(ErrorCodes.SERVER)),
                    "the model behind it failed, so another attempt may succeed"),
            rule(ErrorCategory.INVALID_REQUEST, status(501, 505), "the server does not support the request"),
            rule(
                    ErrorCategory.SERVER_ERROR,
                    SERVER.also(code(ErrorCodes.SERVER)),
                    "the provider failed, so another attempt may succeed"),
            rule(
                    ErrorCategory.INVALID_REQUEST,
                    CLIENT.also(code(ErrorCodes.INVALID)).or(field("statuscode", ErrorCodes.MINIMAX_FORM)),
                    "the request is not accepted, so the same request fails again"),
            rule(
                    ErrorCategory.SERVER_ERROR,
                    UNKNOWN.and(code(ErrorCodes.SERVER).or(field("finishreason", ErrorCodes.FAILED_ENDINGS))),
                    "the answer broke off, so another attempt may succeed"),
            rule(
                    ErrorCategory.INVALID_REQUEST,
                    statusBetween(300, 399),
                    "the address redirects, and redirects are not followed: check the base URL"),
            // NVIDIA's functions: the wait for a free worker outlasted the connection. Its answer could be fetched from
            // another host; asked for again it is computed anew, as after a gateway's timeout.
            rule(
                    ErrorCategory.OVERLOADED,
                    (report, delay) -> report.httpStatus() == ACCEPTED && report.status() == 0
                            ? Evidence.of("status " + ACCEPTED)
                            : null,
                    "the request is queued and there is no answer yet, so a later attempt may succeed"));

    private static final ErrorRule NO_RULE = rule(
            ErrorCategory.SERVER_ERROR,
            (report, delay) -> report.statusEvidence(),
            "no rule matches, so it counts as the provider's failure, and another attempt may succeed");

    private ErrorRules() {}

    /**
     * The first rule that holds.
     *
     * @param own the protocol's own rules, which come first
     */
    static Finding first(List<ErrorRule> own, FailureReport report, @Nullable Duration delay) {
        for (List<ErrorRule> rules : List.of(own, RULES)) {
            for (ErrorRule rule : rules) {
                Evidence evidence = rule.condition().in(report, delay);
                if (evidence != null) {
                    return new Finding(rule, evidence);
                }
            }
        }
        return new Finding(NO_RULE, report.statusEvidence());
    }

    private static ErrorRule rule(ErrorCategory category, Condition condition, String consequence) {
        return new ErrorRule(category, condition, consequence);
    }

    /** "Limit 30000, Requested 30601", regardless of the current use. */
    private static @Nullable Evidence overWholeBucket(FailureReport report, @Nullable Duration delay) {
        Matcher numbers = LIMIT_REQUESTED.matcher(report.text());
        return numbers.find() && number(numbers.group(2)) > number(numbers.group(1))
                ? Evidence.words("limit " + numbers.group(1) + " … requested " + numbers.group(2))
                : null;
    }

    private static long number(String digits) {
        return Long.parseLong(digits.replace(",", ""));
    }
}
