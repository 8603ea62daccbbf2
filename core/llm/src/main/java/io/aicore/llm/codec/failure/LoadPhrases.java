package io.aicore.llm.codec.failure;

/** Messages about load and faults of servers, in lower case, with the servers that send them. */
final class LoadPhrases {

    static final MessagePattern BUSY = MessagePattern.of(
            // OpenAI, Anthropic, Google, Moonshot, Volcengine, Text Generation Inference.
            "overload(?:ed|s|ing)?",
            // Mistral: "Service tier capacity exceeded"; Groq; Google: "No capacity available"; xAI; Cloudflare 3040.
            "at capacity|no capacity|capacity (?:temporarily )?exceeded|out of capacity|exceeded capacity"
                    + "|insufficient capacity|over capacity|capacity (?:limit|constraints?)|lack of capacity",
            // Azure, Cerebras; Baidu: "under high load".
            "(?:high|heavy|elevated|peak) (?:demand|load|traffic)|too busy",
            // Fireworks: "didn't generate first token before the given deadline".
            "first token before",
            // DeepSeek, DeepInfra, SiliconFlow, Ollama: "server busy".
            "(?:server|service|system|engine|model|cluster|instance|worker|replica|slot|gpu|backend)s? (?:is |are )?(?:currently |too |very )*busy",
            // Hugging Face, llama.cpp, Volcengine; on-demand deployments of Fireworks and Together.
            "(?:currently|still|is) loading|loading model|warming up|(?:cold[ -]start|booting|scaling up|starting up)",
            // Ollama: "maximum pending requests exceeded"; vLLM, Triton.
            "queue (?:is |was )?full|queue length exceeded|too many (?:pending|queued) requests|request queue"
                    + "|maximum pending requests",
            "not ready yet",
            // NVIDIA: "Worker local total request limit reached".
            "worker\\b[^.]{0,60}limit reached",
            // Envoy; LiteLLM; llama.cpp.
            "no healthy upstream|no available (?:server|instance|worker|replica|slot|gpu)s?",
            "no (?:server|instance|worker|replica|slot|gpu)s?(?: (?:is|are))?(?: currently)? available",
            // Zhipu 1305 and 1312, new-api and other Chinese hosts.
            "过载|繁忙|负载|饱和|访问(?:量过大|人数过多)|拥挤|排队",
            // Japanese, Korean, German, French, Spanish and Portuguese, Russian.
            "過負荷|混雑|과부하|überlastet|surchargé|sobrecargad|перегружен");

    /** xAI, within a 200; gateways. Under a 500 or 502 it is a figure of speech. */
    static final MessagePattern UNAVAILABLE =
            MessagePattern.of("(?:temporarily|currently|service is) unavailable|service unavailable");

    static final MessagePattern TIMED_OUT = MessagePattern.of("timed out|\\btime-?out\\b");

    /** OpenAI, under 429. */
    static final MessagePattern SERVER_FAILED = MessagePattern.of("server had an error|internal (?:server )?error");

    private LoadPhrases() {}
}
