package io.aicore.llm.codec.failure;

/** Messages about rate limits and quotas, in lower case, with the servers that send them. */
final class LimitPhrases {

    static final MessagePattern PER_MINUTE = MessagePattern.of(
            // Anthropic, Cohere's trial keys, Together; Vertex: "generate_content_requests_per_minute_per_project".
            "(?:per|/|a|each|every)[ _-]?(?:\\d+ ?)?(?:minute|min|second|sec)s?(?![a-z])",
            // OpenAI, Groq, Voyage: "(RPM)"; Baidu: "qps request limit".
            "\\b(?:rpm|tpm|rps|qps|qpm)\\b",
            // Zhipu, new-api: "1分钟内".
            "每分钟|每秒|分钟内");

    static final MessagePattern PER_DAY = MessagePattern.of(
            // Bedrock, Cerebras: "per day"; OpenRouter: "free-models-per-day".
            "(?:per|/|a|each|for the)[ _-]?day(?![a-z])",
            // Anthropic: "daily rate limit"; Baidu: "daily request limit"; Cloudflare: "daily free allocation".
            "\\b(?:daily|today)\\b",
            // OpenAI, Groq: "(TPD)"; Moonshot: "TPD rate limit".
            "\\b(?:rpd|tpd)\\b",
            // Zhipu 1304 and Chinese relays; Japanese.
            "每天|每日|今日|当日|当天|本日|一日");

    /** Hugging Face, Ollama's cloud, Cerebras: a limit of the hour may be gone within the hour. */
    static final MessagePattern PER_HOUR = MessagePattern.of("\\bhourly\\b", "(?:per|/|each|every)[ -]?hour\\b", "每小时");

    /** Plans that refill at their own hour: a subscription's five hours, week or month, a trial's calls. */
    static final MessagePattern PLAN = MessagePattern.of(
            // Cohere's trial keys, Hugging Face, subscription plans.
            "(?:per|/|a|each|this)[ _-]?(?:week|month|billing (?:cycle|period))\\b",
            "(?:current|usage) (?:billing )?(?:period|cycle)",
            "\\b(?:weekly|monthly)\\b[^.]{0,40}(?:limit|quota|cap|allowance)",
            // Zhipu 1308 and MiniMax 2056: five hours of a coding plan.
            "\\b(?:\\d+|five)[ -]?hours?\\b[^.]{0,30}(?:limit|quota|window|usage)",
            "(?:limit|quota|usage)[^.]{0,30}\\b(?:\\d+|five)[ -]hours?\\b(?! \\d)",
            // Claude's and ChatGPT's subscriptions, Ollama's cloud.
            "(?:usage|session|plan) (?:limit|quota)s?[^.]{0,30}(?:reached|exceeded|exhausted|hit)",
            "(?:reached|exceeded|hit)[^.]{0,30}(?:usage|plan|session)(?: usage)? limit",
            // Azure's API Management: "Out of call volume quota".
            "call volume quota",
            "trial (?:key|plan|quota)[^.]{0,60}month",
            // Anthropic: "You will regain access on …".
            "regain access",
            // Volcengine, DashScope: the free trial of a model.
            "free[ -](?:tier|quota|trial)[^.]{0,40}(?:exhausted|used up)",
            "exhausted[^.]{0,30}(?:free|trial)[^.]{0,20}(?:quota|allowance|allocation)",
            "(?:套餐|配额|额度)[^。]{0,20}(?:用尽|用完|耗尽)|使用上限|利用上限");

    /** Anthropic says so with 400; elsewhere these words are advice. */
    static final MessagePattern USAGE_LIMIT_IN_FORM = MessagePattern.of("regain access", "api usage limit");

    static final MessagePattern USED_UP = MessagePattern.of(
            // OpenAI, and who repeats it: Gemini, Perplexity, CoreWeave.
            "exceeded your current quota",
            "quota (?:is |has been |was )?(?:exhausted|used up|depleted)",
            "exceeds the (?:token )?quota");

    /** Google: the plan has no quota at all for this model. */
    static final MessagePattern LIMIT_ZERO = MessagePattern.of("\\blimit: 0\\b(?![.,]?\\d)");

    static final MessagePattern RATE = MessagePattern.of(
            "rate[ _-]?limit",
            "too many requests",
            // Bedrock, DashScope, Replicate.
            "\\bthrottl(?:ed|ing|e)\\b",
            // Kong, Baidu: "request limit reached".
            "request limit (?:reached|exceeded)",
            "请求过于频繁|频率过[高快]|速率限制|限流|并发数?过高",
            // Japanese, Korean, French, German, Spanish, Russian.
            "レート制限|リクエストが多すぎ",
            "요청이 너무 많|요청 한도",
            "trop de requêtes|zu viele anfragen|demasiadas solicitudes|слишком много запросов|лимит запросов");

    private LimitPhrases() {}
}
