package io.aicore.llm.codec;

import static io.aicore.llm.codec.ErrorRule.code;
import static io.aicore.llm.codec.ErrorRule.codeLike;
import static io.aicore.llm.codec.ErrorRule.says;
import static io.aicore.llm.codec.ErrorRule.status;
import static io.aicore.llm.codec.ErrorRule.statusBetween;

import io.aicore.llm.codec.ErrorRule.Condition;
import io.aicore.llm.error.ErrorCategory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What failures mean, most certain first; the first line that holds decides. The body comes before the status, because
 * hosts disagree on statuses: an empty account is a 400, 402, 403, 412 or 429, a full context window a 400, 413, 422, 500
 * or 200. Codes come before texts, and texts are only read under statuses where they can't be a quotation.
 */
final class ErrorRules {

    private static final Duration ROLLING = Duration.ofHours(1);

    private static final Condition CLIENT = statusBetween(400, 428).or(statusBetween(430, 499));
    private static final Condition UNKNOWN = status(0);
    private static final Condition LIMITED = status(429);
    private static final Condition SERVER = statusBetween(500, 599);
    private static final Condition SOON = (report, delay) -> delay != null && delay.compareTo(ROLLING) <= 0;

    private static final Condition PER_MINUTE = says(
            "(?:per|/|a|each|every)[ _-]?(?:\\d+ ?)?(?:minute|min|second|sec)s?\\b",
            "\\b(?:rpm|tpm|rps|qps|qpm)\\b",
            "每分钟|每秒");
    private static final Condition PER_DAY = says(
            "(?:per|/|a|each|for the)[ _-]?day\\b", "\\b(?:daily|today)\\b", "\\b(?:rpd|tpd)\\b", "每天|每日|今日|当日|当天");
    // Plans that refill at their own hour: a subscription's five hours, week or month, a trial's calls, a whole API's
    // volume.
    private static final Condition PLAN_QUOTA = says(
            "(?:per|/|a|each|this)[ _-]?(?:week|month|billing (?:cycle|period))\\b",
            "(?:current|usage) (?:billing )?(?:period|cycle)",
            "\\b(?:weekly|monthly)\\b[^.]{0,40}(?:limit|quota|cap|allowance)",
            "\\b(?:\\d+|five)[ -]?hours?\\b[^.]{0,30}(?:limit|quota|window|usage)",
            "(?:limit|quota|usage)[^.]{0,30}\\b(?:\\d+|five)[ -]hours?\\b(?! \\d)",
            "(?:usage|session|plan) (?:limit|quota)s?[^.]{0,30}(?:reached|exceeded|exhausted|hit)",
            "call volume quota",
            "trial (?:key|plan|quota)[^.]{0,60}month",
            "regain access",
            "(?:reached|exceeded|hit)[^.]{0,30}(?:usage|plan|session) limit",
            "free[ -](?:tier|quota|trial)[^.]{0,40}(?:exhausted|used up)",
            "(?:套餐|配额|额度)[^。]{0,20}(?:用尽|用完|耗尽)|使用上限");
    // Hugging Face, Ollama's cloud: a limit of the hour may be gone within the hour.
    private static final Condition HOURLY = says("\\bhourly\\b", "(?:per|/|each|every)[ -]?hour\\b", "每小时");

    private static final Condition NO_CREDIT = says(
            "insufficient[_ -](?:account[_ -])?(?:balance|credits?|funds?)",
            "credit balance is too low",
            "balance (?:is )?(?:too low|insufficient|not enough|exhausted|negative)",
            "not enough (?:credits?|balance|funds?)",
            "requires? more credits?",
            "can only afford",
            "used all (?:of )?(?:your |the )?(?:available |included )?credits?",
            "(?:out of|no more|no remaining|ran out of|run out of|exhausted[^.]{0,20}|depleted[^.]{0,20}) ?credits?",
            "credits?[^.]{0,40}(?:depleted|exhausted|used up|have run out|expired)",
            "(?:doesn't|does not|don't|do not) have (?:any |enough |sufficient )credits?",
            "exceeded your (?:monthly )?(?:included )?credits?",
            "(?:spend|spending|billing|budget|credit)[ -](?:hard[ -])?(?:limit|cap)\\b[^.]{0,30}(?:reached|exceeded|hit)",
            "(?:reached|exceeded|hit|over)[^.]{0,60}(?:spend|spending|billing|budget|credit)[ -](?:hard[ -])?(?:limit|cap)\\b",
            "account (?:\\S+ )?(?:is |has been )?(?:suspended|deactivated|inactive|not active|overdue|in arrears)",
            "(?:organization|organisation|account|team|workspace|consumer) (?:\\S+ )?has been (?:disabled|suspended|deactivated|restricted)",
            "overdue (?:balance|bill)|\\bpast due\\b",
            "subscription (?:is |has been |has )?(?:inactive|suspended|expired|cancell?ed)",
            "trial (?:period )?(?:has |is )?(?:ended|expired|over)\\b",
            "budget[^.]{0,20}(?:exceeded|exhausted|reached)|hard limit[^.]{0,30}reached",
            "billing (?:is )?(?:not (?:active|enabled|configured|set up)|disabled|inactive)",
            "enable billing",
            "requires billing to be enabled",
            "account is in good standing",
            "payment (?:is )?required",
            "unpaid invoices?|failed payment|failure to pay|overdue payment|payment (?:method )?(?:failed|declined)",
            "please (?:recharge|top[ -]?up)",
            "^key limit exceeded",
            "requires a (?:paid )?(?:subscription|plan)",
            "余额不足|欠费|充值|额度不足|余额|预扣费");
    // Advice to add credits also stands under plain rate limits, which rise with what was paid.
    private static final Condition ADD_CREDIT = says(
            "(?:purchase|buy|add) (?:more |additional )?credits?(?! to unlock)",
            "add (?:a |or update your |your )?(?:payment method|billing)");
    private static final Condition RATE_WORDS =
            says("rate[ _-]?limit", "too many requests", "\\bthrottl", "请求过于频繁|频率过[高快]|速率限制");
    private static final Condition CONTEXT = says(
            "(?:exceed\\w*|maximum|max|too (?:long|large|many)|larger|longer|greater|more than|over|fit)[^.]{0,80}"
                    + "context[ -]?(?:length|window|size|limit)",
            "context[ -]?(?:length|window|size|limit)[^.]{0,80}(?:exceed|is only|too (?:small|long)|overflow|is \\d|of \\d|maximum)",
            "context_length_exceeded|contextwindowexceedederror",
            "(?:prompt|input|request)[^.]{0,40}exceed\\w*[^.]{0,20}(?:max(?:imum)? length|token limit)",
            "(?:prompt|input|conversation|total length of all messages)s?(?: tokens)?(?: is| are)? too (?:long|large)\\b",
            "too many tokens(?::| in )|too many (?:input|prompt) tokens",
            "(?:prompt|input|request|sequence|conversation)[^.]{0,40} exceeds? (?:the )?(?:max(?:imum)? )?(?:allowed )?(?:input |prompt |token )?length",
            "exceeds? (?:the )?max(?:imum)? (?:message|input|context|prompt) tokens",
            "token limit exceeded|number of tokens[^.]{0,40} exceeds?",
            "sequence length[^.]{0,30}(?:exceed|longer|greater|larger)",
            "(?:input|prompt) tokens?[^.]{0,60}(?:exceed|greater than|larger than|too many)",
            "exceeds? the maximum (?:allowed )?(?:number of )?(?:input |prompt )?tokens",
            "maximum (?:prompt|input|sequence|model) (?:token )?length",
            "max(?:imum)?[ _]model[ _]len",
            "tokens?\\W{1,3}\\+ \\W?max_(?:new_)?tokens",
            "(?:reduce|shorten) (?:the )?(?:length of )?(?:the |your )?(?:messages|prompt|input|conversation|completion)",
            "range of input length",
            "input length[^.]{0,60}(?:exceed|larger|greater|longer)",
            "tokens? exceeds? the (?:model's )?(?:max|limit)",
            "exceed\\w*[^.]{0,30}\\b(?:model|context) token limit",
            "超[过出][^。]{0,20}(?:上下文|最大长度)|上下文[^。]{0,20}超|(?:提示词?|输入|上下文|对话)[^。]{0,10}过长");

    private static final Condition FILTERED = says(
            "content[ -_](?:management |filter(?:ing)? |usage )?polic(?:y|ies)",
            "content[ _-]filter",
            "contentpolicyviolation|responsibleaipolicyviolation",
            "(?:was|were|been|is) flagged\\b|flagged (?:by|as|for)\\b",
            "content moderation|guardrail|safety (?:check|filter|violation)",
            "blocked (?:by|due to|for)[^.]{0,40}(?:safety|polic|filter|moderation|content)",
            "requires moderation",
            "violat\\w*[^.]{0,40}(?:(?:usage|safety|content) polic|guidelines|our terms)",
            "safety system",
            "considered (?:high )?risk|content exists risk",
            "(?:output|input|response|prompt|request|content) (?:was |is )?blocked|blocked (?:output|input|content)",
            "(?:prohibited|inappropriate|unsafe|sensitive|harmful) (?:content|information|words?)",
            "不安全|敏感内容|违规|审核|内容安全");

    private static final Condition BAD_KEY = says(
            "(?:incorrect|invalid|missing|expired|unknown|malformed|revoked|bad|wrong) (?:x-)?api[ _-]?key",
            "api[ _-]?key(?: \\S+)?(?: provided)?(?: is| was| has| not)? ?(?:been )?"
                    + "(?:reported as )?(?:not valid|valid\\b|invalid|missing|expired|revoked|leaked|disabled|not found|required|incorrect)",
            "(?:did not|didn't) provide an api[ _-]?key|no api[ _-]?key|without an? api[ _-]?key",
            "no auth credentials|unregistered callers|invalid (?:authentication|credentials|auth|bearer|access token|token\\b)",
            "authentication (?:fail|error|required|is required)",
            "(?:security|access|bearer|auth\\w*) token[^.]{0,40}(?:invalid|expired|missing)",
            "无效的令牌|令牌|密钥无效|身份验证|认证失败");

    private static final Condition NO_MODEL = says(
            "models?\\b[^.]{0,120}(?:does not exist|do(?:es)?n't exist|not exist|not found|was not found|unknown|decommissioned"
                    + "|no longer (?:available|supported)|has been deprecated)",
            "(?:no such|unknown|invalid|unrecognized|nonexistent) model\\b",
            "model identifier is invalid|not a valid model|model[^.]{0,60}is not (?:a )?valid\\b|model[^.]{0,60}is not supported by any",
            "模型不存在|模型[^。]{0,20}不存在");

    private static final Condition BUSY = says(
            "overload",
            "at capacity|no capacity|capacity exceeded|out of capacity|exceeded capacity|insufficient capacity"
                    + "|capacity (?:limit|constraints?)|lack of capacity",
            "(?:high|heavy|elevated|peak) (?:demand|load|traffic)|too busy|first token before",
            "(?:server|service|system|engine|model|cluster|instance|worker|replica|slot|gpu|backend)s? (?:is |are )?(?:currently |too |very )*busy",
            "(?:currently|still|is) loading|loading model|warming up|(?:cold[ -]start|booting|scaling up|starting up)",
            "queue (?:is |was )?full|queue length exceeded|too many (?:pending|queued) requests|request queue",
            "not ready yet",
            "(?:temporarily|currently|service is) unavailable|service unavailable",
            "worker\\b[^.]{0,60}limit reached",
            "no healthy upstream|no available (?:server|instance|worker|replica|slot|gpu)s?",
            "no (?:server|instance|worker|replica|slot|gpu)s?(?: (?:is|are))?(?: currently)? available",
            "过载|繁忙|负载|饱和|访问量过大|拥挤|排队");

    private static final Condition TOO_LARGE_WORDS = says(
            "request (?:is )?too large",
            "(?:request )?(?:payload|entity|body|content)(?: size)? (?:is )?(?:too large|exceeds)",
            "exceeds the maximum (?:allowed )?(?:request |payload |body )?(?:size|bytes)");

    private static final Pattern LIMIT_REQUESTED =
            Pattern.compile("limit:? ?([\\d,]{1,15})\\b[^\\n]{0,60}?requested:? ?([\\d,]{1,15})");

    private static final List<ErrorRule> RULES = List.of(
            rule(
                    ErrorCategory.INVALID_REQUEST,
                    status(400, 422, 0).and(code(CodeWords.FORM)),
                    "a field of the request is not accepted"),
            rule(
                    ErrorCategory.UNSUPPORTED_REGION,
                    code(CodeWords.REGION)
                            .or(status(451))
                            .or(CLIENT.or(UNKNOWN)
                                    .and(says(
                                            "(?:country|region|territory|location)s?[^.]{0,60}(?:not|n't|un)[ -]?(?:supported|available|allowed)",
                                            "unsupported (?:countr(?:y|ies)|regions?|locations?)",
                                            "not available in your (?:country|region|location)"))),
                    "the provider does not serve this region"),
            rule(
                    ErrorCategory.CONTENT_FILTERED,
                    code(CodeWords.FILTER).or(status(400, 403, 422, 451, 498, 0).and(FILTERED)),
                    "the provider's filter refused it"),
            rule(
                    ErrorCategory.CONTEXT_LENGTH,
                    LIMITED.not()
                            .and(code(CodeWords.CONTEXT)
                                    .or(status(401, 402, 404).not().and(CONTEXT))),
                    "the request is longer than the model's context window"),
            // OpenAI says so with 429, Groq with 413, both with code rate_limit_exceeded: no wait makes the bucket
            // larger.
            rule(
                    ErrorCategory.PAYLOAD_TOO_LARGE,
                    ((Condition) ErrorRules::overWholeBucket)
                            .or(LIMITED.and(says("request too large for")))
                            .or(code(CodeWords.TOO_LARGE).and(LIMITED.not()))
                            .or(CLIENT.or(UNKNOWN).and(TOO_LARGE_WORDS)),
                    "the request is larger than the provider takes at all"),
            // OpenRouter: the budget is bound by requests in flight, and comes back with them.
            rule(
                    ErrorCategory.RATE_LIMITED,
                    code(Set.of("openrouterinflightbudget")).and(SOON),
                    "the budget is held by requests in flight"),
            rule(ErrorCategory.BILLING, code(CodeWords.BILLING), "the account has no credit or is not active"),
            rule(ErrorCategory.QUOTA_EXHAUSTED, code(CodeWords.QUOTA), "the quota is used up"),
            // Google: QuotaFailure names the window; "limit: 0" means that the plan has none at all for this model.
            rule(
                    ErrorCategory.QUOTA_EXHAUSTED,
                    codeLike("perday").or(LIMITED.or(UNKNOWN).and(says("\\blimit: 0\\b(?![.,]?\\d)"))),
                    "the quota of the day or of the plan is used up"),
            rule(
                    ErrorCategory.QUOTA_EXHAUSTED,
                    LIMITED.or(status(402, 403, 0))
                            .or(status(400).and(says("regain access", "api usage limit")))
                            .and(PLAN_QUOTA)
                            .and(NO_CREDIT.not())
                            .and(PER_MINUTE.or(HOURLY).not()),
                    "the plan's quota is used up"),
            // "per minute" wins over words like quota, credit and billing, which its messages also use.
            rule(
                    ErrorCategory.RATE_LIMITED,
                    LIMITED.or(code(CodeWords.RATE))
                            .and(PER_MINUTE.or(codeLike("perminute")))
                            .and(PER_DAY.not()),
                    "too much in a short window"),
            rule(
                    ErrorCategory.BILLING,
                    NO_CREDIT.or(ADD_CREDIT.and(RATE_WORDS.not())).or(status(402)),
                    "the account has no credit or is not active"),
            // A day's window that rolls, and states when there is room again, is worth waiting for; else it is used up.
            rule(
                    ErrorCategory.QUOTA_EXHAUSTED,
                    LIMITED.or(status(403, 0))
                            .and(PER_DAY.or(code(Set.of("exceededcurrentquotaerror")))
                                    .or(says(
                                            "exceeded your current quota",
                                            "quota (?:is |has been |was )?(?:exhausted|used up|depleted)")))
                            .and(SOON.not()),
                    "the quota is used up"),
            rule(
                    ErrorCategory.AUTHENTICATION,
                    status(401)
                            .or(CLIENT.or(UNKNOWN).and(code(CodeWords.AUTHENTICATION)))
                            .or(status(400, 403, 0).and(BAD_KEY)),
                    "the key is missing, wrong or revoked"),
            // Moonshot, TGI and others say 429 for their own load; Mistral even types it invalid_request_error.
            rule(
                    ErrorCategory.OVERLOADED,
                    code(CodeWords.OVERLOADED)
                            .and(status(404, 408, 500, 502, 504, 520, 522, 524)
                                    .and(says("timeout|timed out"))
                                    .not()),
                    "the provider has no capacity at the moment"),
            rule(ErrorCategory.TIMEOUT, status(408, 504, 522, 524), "the provider did not answer in time"),
            rule(
                    ErrorCategory.OVERLOADED,
                    LIMITED.or(SERVER).or(status(0, 408, 412, 424, 425, 498)).and(BUSY),
                    "the provider has no capacity at the moment"),
            rule(
                    ErrorCategory.TIMEOUT,
                    SERVER.or(UNKNOWN).and(code(CodeWords.TIMEOUT)).or(UNKNOWN.and(says("timed out|\\btime-?out\\b"))),
                    "the provider did not answer in time"),
            rule(
                    ErrorCategory.SERVER_ERROR,
                    LIMITED.and(code(CodeWords.SERVER))
                            .and(code(CodeWords.RATE).not())
                            .and(says("server had an error|internal (?:server )?error")),
                    "the provider failed, under a rate limit's status"),
            rule(
                    ErrorCategory.RATE_LIMITED,
                    LIMITED.or(CLIENT.or(UNKNOWN).and(code(CodeWords.RATE))).or(UNKNOWN.and(RATE_WORDS)),
                    "too much in a short window"),
            rule(
                    ErrorCategory.NOT_FOUND,
                    status(404, 410)
                            .or(status(400, 403, 422, 0).and(code(CodeWords.NOT_FOUND)))
                            .or(status(400, 422, 0).and(NO_MODEL)),
                    "there is no such model or path"),
            rule(ErrorCategory.CONFLICT, status(409), "another request holds a lock"),
            rule(
                    ErrorCategory.PAYLOAD_TOO_LARGE,
                    status(413, 414, 431),
                    "the request is larger than the provider takes"),
            rule(ErrorCategory.PERMISSION, status(403), "the key may not do this"),
            rule(ErrorCategory.OVERLOADED, status(425, 498, 503, 529), "the provider has no capacity at the moment"),
            // Bedrock's ModelErrorException and Groq's failed dependency: the model failed, not the caller.
            rule(ErrorCategory.SERVER_ERROR, status(424), "the model behind it failed"),
            rule(ErrorCategory.INVALID_REQUEST, status(501, 505), "the server can't do what was asked"),
            rule(ErrorCategory.SERVER_ERROR, SERVER, "the provider failed"),
            rule(ErrorCategory.INVALID_REQUEST, CLIENT, "the request is not accepted"),
            rule(
                    ErrorCategory.INVALID_REQUEST,
                    statusBetween(300, 399),
                    "the address redirects, which is not followed: look at the base URL"));

    private static final ErrorRule NO_RULE = rule(
            ErrorCategory.SERVER_ERROR,
            (report, delay) -> true,
            "the provider reports an error of a kind it does not name");

    private ErrorRules() {}

    /** The first rule that holds. */
    static ErrorRule first(FailureReport report, @Nullable Duration delay) {
        for (ErrorRule rule : RULES) {
            if (rule.condition().holds(report, delay)) {
                return rule;
            }
        }
        return NO_RULE;
    }

    private static ErrorRule rule(ErrorCategory category, Condition condition, String why) {
        return new ErrorRule(category, condition, why);
    }

    /** "Limit 30000, Requested 30601", whatever is used at the moment. */
    private static boolean overWholeBucket(FailureReport report, @Nullable Duration delay) {
        Matcher numbers = LIMIT_REQUESTED.matcher(report.text());
        return numbers.find() && number(numbers.group(2)) > number(numbers.group(1));
    }

    private static long number(String digits) {
        String plain = digits.replace(",", "");
        return plain.isEmpty() ? 0 : Long.parseLong(plain);
    }
}
