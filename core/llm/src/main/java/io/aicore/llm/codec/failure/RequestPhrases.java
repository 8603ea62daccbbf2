package io.aicore.llm.codec.failure;

/** Messages about rejected requests, in lower case, with the servers that send them. */
final class RequestPhrases {

    static final MessagePattern CONTEXT = MessagePattern.of(
            // OpenAI and whoever speaks its protocol, Azure, OpenRouter, SGLang; Mistral: "too large for model with …".
            "(?:exceed(?:s|ed|ing)?|max(?:imum)?(?!_(?:new_|completion_|output_)?tokens)|too (?:long|large|many)|larger|longer|greater|more than|over|fit)[^.]{0,80}"
                    + "context[ -]?(?:length|window|size|limit)",
            // Anthropic: "exceed context limit"; llama.cpp, LM Studio: "context length of only".
            "context[ -]?(?:length|window|size|limit)[^.]{0,80}"
                    + "(?:exceed|is only|of only|too (?:small|long)|overflow|is \\d|of \\d|maximum)",
            "context the overflows|context overflow",
            // LiteLLM puts its exception's name before the message.
            "context_length_exceeded|contextwindowexceedederror",
            // Zhipu 1261, Ollama: "exceeded max context length".
            "(?:prompt|input|request)[^.]{0,40}exceed(?:s|ed|ing)?[^.]{0,20}(?:max(?:imum)? length|token limit)",
            // Anthropic, Bedrock, Perplexity.
            "(?:prompt|input|conversation|total length of all messages)s?(?: tokens)?(?: is| are)? too (?:long|large)\\b",
            // Cohere.
            "too many tokens(?::| in )|too many (?:input|prompt) tokens",
            "(?:prompt|input|request|sequence|conversation)[^.]{0,40} exceeds? "
                    + "(?:the )?(?:max(?:imum)? )?(?:allowed )?(?:input |prompt |token )?length",
            "exceeds? (?:the )?max(?:imum)? (?:message|input|context|prompt) tokens",
            // Bedrock: "Number of input tokens exceeds maximum length".
            "token limit exceeded|number of tokens[^.]{0,40} exceeds?",
            "(?:prompt|input) token count[^.]{0,40}(?:exceeds?|only supports)",
            "sequence length[^.]{0,30}(?:exceed|longer|greater|larger)",
            "(?:input|prompt) tokens?[^.]{0,60}(?:exceed|greater than|larger than|too many)",
            // Gemini, Vertex.
            "exceeds? the maximum (?:allowed )?(?:number of )?(?:input |prompt )?tokens",
            // xAI; vLLM: "longer than the maximum model length".
            "maximum (?:prompt|input|sequence|model) (?:token )?length",
            "max(?:imum)?[ _]model[ _]len",
            // SiliconFlow.
            "prompt_tokens[^.]{0,20}must be less than",
            // Text Generation Inference and Together: "`inputs` tokens + `max_new_tokens` must be <="; its embeddings.
            "tokens?\\W{1,3}\\+ \\W?max_(?:new_)?tokens",
            "inputs\\W? must have less than \\d+ tokens",
            // Groq, Cerebras, OpenAI.
            "(?:reduce|shorten) (?:the )?(?:length of )?(?:the |your )?(?:messages|prompt|input|conversation|completion)",
            // DashScope.
            "range of input length",
            "input length[^.]{0,60}(?:exceed|larger|greater|longer)",
            "tokens? exceeds? the (?:model's )?(?:max|limit)",
            // Moonshot.
            "exceed(?:s|ed|ing)?[^.]{0,30}\\b(?:model|context) token limit",
            "超[过出][^。]{0,20}(?:上下文|最大长度)|上下文[^。]{0,20}超|(?:提示词?|输入|上下文|对话)[^。]{0,10}过长",
            // Japanese, Korean.
            "コンテキスト(?:長|ウィンドウ)[^。]{0,20}(?:超|上限)|컨텍스트[^.]{0,20}초과");

    static final MessagePattern TOO_LARGE = MessagePattern.of(
            // Gateways; Gemini: "Request payload size exceeds the limit"; Anthropic; GitHub Models.
            "request (?:is )?too large",
            "(?:request )?(?:payload|entity|body|content)(?: size)? (?:is )?(?:too large|exceeds)",
            "exceeds the maximum (?:allowed )?(?:request |payload |body )?(?:size|bytes)",
            // Voyage: many texts to embed, each short enough.
            "max(?:imum)? allowed tokens per submitted batch");

    /** OpenAI with 429, Groq with 413: larger than a minute's whole bucket. */
    static final MessagePattern TOO_LARGE_FOR = MessagePattern.of("request too large for");

    static final MessagePattern FILTERED = MessagePattern.of(
            // Azure: "content management policy"; Anthropic: "content filtering policy".
            "content[ -_](?:management |filter(?:ing)? |usage )?polic(?:y|ies)",
            "content[ _-]filter",
            // LiteLLM's and Azure's names, within messages.
            "contentpolicyviolation|responsibleaipolicyviolation",
            // OpenRouter, OpenAI: "your prompt was flagged as …".
            "(?:was|were|been|is) flagged\\b|flagged (?:by|as|for)\\b",
            // AWS guardrails; xAI: "Failed check: SAFETY_CHECK_TYPE_…".
            "content moderation|guardrail|safety[ _](?:check|filter|violation)",
            "blocked (?:by|due to|for)[^.]{0,40}(?:safety|polic|filter|moderation|content)",
            "requires moderation",
            "violat(?:es?|ed|ing|ions?)[^.]{0,40}(?:(?:usage|safety|content) polic|guidelines|our terms)",
            "safety system",
            // Moonshot, DeepSeek.
            "considered (?:high )?risk|content exists risk",
            // Cohere, with 498.
            "(?:output|input|response|prompt|request|content) (?:was |is )?blocked|blocked (?:output|input|content)",
            // DashScope, Volcengine; MiniMax: "new_sensitive".
            "(?:prohibited|inappropriate|unsafe|sensitive|harmful) (?:content|information|words?)",
            "不安全|敏感内容|违规|审核|内容安全");

    static final MessagePattern REGION = MessagePattern.of(
            // OpenAI, Gemini; Bedrock: "not allowed from unsupported countries"; CloudFront: "block access from your
            // country".
            "(?:country|region|territory|location)s?[^.]{0,60}(?:not|n't|un)[ -]?(?:supported|available|allowed)",
            "unsupported (?:countr(?:y|ies)|regions?|locations?)",
            "(?:not|n't|un)[ -]?available in your (?:country|region|location)",
            "block access from your country",
            "(?:地区|国家)[^。]{0,10}不支持");

    static final MessagePattern NO_MODEL = MessagePattern.of(
            // OpenAI, Groq, Ollama, vLLM, xAI; DeepSeek: "Model Not Exist".
            "models?\\b[^.]{0,120}(?:does not exist|do(?:es)?n't exist|not exist|not found|was not found|unknown|decommissioned"
                    + "|no longer (?:available|supported)|has been deprecated)",
            // Mistral, Perplexity, LiteLLM; Cloudflare: "No such model".
            "(?:no such|unknown|invalid|unrecognized|nonexistent) model\\b",
            // Bedrock; OpenRouter; Hugging Face's router.
            "model identifier is invalid|not a valid model|model[^.]{0,60}is not (?:a )?valid\\b"
                    + "|model[^.]{0,60}is not supported by any",
            // Zhipu 1211.
            "模型不存在|模型[^。]{0,20}不存在");

    static final MessagePattern BAD_KEY = MessagePattern.of(
            // OpenAI, xAI, Cohere, Anthropic, Groq, Cerebras: "Wrong API Key".
            "(?:incorrect|invalid|missing|expired|unknown|malformed|revoked|bad|wrong) (?:x-)?api[ _-]?key",
            // Gemini: "API key not valid", "… expired", "… reported as leaked"; SiliconFlow: "Api key is invalid".
            "api[ _-]?key(?: \\S+)?(?: provided)?(?: is| was| has| not)? ?(?:been )?(?:reported as )?"
                    + "(?:not valid|valid\\b|invalid|missing|expired|revoked|leaked|disabled|not found|required|incorrect)",
            "(?:did not|didn't) provide an api[ _-]?key|no api[ _-]?key|without an? api[ _-]?key",
            // OpenRouter; Google; Databricks.
            "no auth credentials|unregistered callers"
                    + "|invalid (?:authentication|credentials|auth|bearer|access token|token\\b)",
            // Bedrock's API keys; DeepSeek.
            "authentication (?:fail|error|required|is required)",
            // AWS; Baidu: "Access token invalid".
            "(?:security|access|bearer|auth[a-z]{0,10}) token[^.]{0,40}(?:invalid|expired|missing)",
            // AWS's API Gateway; MiniMax 1004.
            "missing authentication token|\\blogin fail",
            "无效的(?:令牌| ?api ?key)|令牌|密钥无效|身份验证|认证失败");

    private RequestPhrases() {}
}
