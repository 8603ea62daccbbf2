package io.aicore.llm.codec.failure;

/** Messages about credit, bills and accounts, in lower case, with the servers that send them. */
final class BillingPhrases {

    static final MessagePattern NO_CREDIT = MessagePattern.of(
            // DeepSeek, Zhipu, MiniMax, Replicate, OpenRouter.
            "insufficient[_ -](?:account[_ -])?(?:balance|credits?|funds?)",
            // Anthropic, with 400.
            "credit balance is too low",
            // SiliconFlow: "account balance is insufficient".
            "balance (?:is )?(?:too low|insufficient|not enough|exhausted|negative)",
            // Novita, Cline.
            "not enough (?:credits?|balance|funds?)",
            // OpenRouter: "requires more credits … can only afford".
            "requires? more credits?",
            // Anthropic's subscriptions, for long contexts.
            "(?:credits are|extra usage is) required",
            "can only afford",
            // xAI, with 403 and 429.
            "used all (?:of )?(?:your |the )?(?:available |included )?credits?",
            "(?:out of|no more|no remaining|ran out of|run out of|exhausted[^.]{0,20}|depleted[^.]{0,20}) ?credits?",
            // NVIDIA: "Cloud credits expired"; Google: "prepayment credits are depleted".
            "credits?[^.]{0,40}(?:depleted|exhausted|used up|have run out|expired)",
            "(?:doesn't|does not|don't|do not) have (?:any |enough |sufficient )credits?",
            // Hugging Face.
            "exceeded your (?:monthly )?(?:included )?credits?",
            // OpenAI, Google, Together, xAI, Groq.
            "(?:spend|spending|billing|budget|credit)[ -](?:hard[ -])?(?:limit|cap)\\b[^.]{0,30}(?:reached|exceeded|hit)",
            "(?:reached|exceeded|hit|over)[^.]{0,60}(?:spend|spending|billing|budget|credit)[ -](?:hard[ -])?(?:limit|cap)\\b",
            // Fireworks, with 412; Moonshot; OpenAI: "Your account is not active".
            "account (?:\\S+ )?(?:is |has been )?(?:suspended|deactivated|inactive|not active|overdue|in arrears)",
            // Anthropic, Groq: "This organization has been disabled"; Google: "Consumer '…' has been suspended".
            "(?:organization|organisation|account|team|workspace|consumer) (?:\\S+ )?has been (?:disabled|suspended|deactivated|restricted)",
            // Volcengine.
            "overdue (?:balance|bill)|\\bpast due\\b",
            // Mistral.
            "subscription (?:is |has been |has )?(?:inactive|suspended|expired|cancell?ed)",
            "inactive subscription",
            "trial (?:period )?(?:has |is )?(?:ended|expired|over)\\b",
            // LiteLLM: "Budget has been exceeded!".
            "budget[^.]{0,20}(?:exceeded|exhausted|reached)|hard limit[^.]{0,30}reached",
            // Google.
            "billing (?:is )?(?:not (?:active|enabled|configured|set up)|disabled|inactive)",
            "enable billing",
            "requires billing to be enabled",
            // DashScope's Arrearage.
            "account is in good standing",
            "payment (?:is )?required",
            // AWS: "INVALID_PAYMENT_INSTRUMENT".
            "invalid[_ ]payment",
            "unpaid invoices?|failed payment|failure to pay|overdue payment|payment (?:method )?(?:failed|declined)",
            "please (?:recharge|top[ -]?up)",
            // DeepInfra.
            "add balance to your account",
            // OpenRouter: a limit set on the key.
            "^key limit exceeded",
            // Hugging Face, Ollama's cloud.
            "requires a (?:paid |pro )?(?:subscription|plan)",
            // Zhipu, DashScope, new-api, SiliconFlow; Tencent: a resource pack; a frozen or locked account.
            "余额不足|欠费|充值|额度不足|余额|余量已用尽|预扣费|账[户号][^。]{0,10}(?:冻结|封禁|锁定)",
            // Japanese, Korean, French, German, Spanish and Portuguese, Russian.
            "残高[^。]{0,4}不足|잔액[^.]{0,6}부족",
            "solde insuffisant|guthaben (?:ist )?(?:nicht ausreichend|aufgebraucht)|saldo insuficiente|недостаточно средств");

    /** The advice to add credits also appears under plain rate limits, which rise with payments. */
    static final MessagePattern ADD_CREDIT = MessagePattern.of(
            "(?:purchase|buy|add) (?:more |additional )?credits?(?! to unlock)",
            "add (?:a |or update your |your )?(?:payment method|billing)");

    private BillingPhrases() {}
}
