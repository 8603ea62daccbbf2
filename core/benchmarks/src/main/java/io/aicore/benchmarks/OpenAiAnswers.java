package io.aicore.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Responses of the chat completions protocol, head and body. */
final class OpenAiAnswers {

    static final String COMPLETION = """
                {"id":"chatcmpl-1","object":"chat.completion","created":1790000000,"model":"gpt-4o-mini-2024-07-18",\
                "choices":[{"index":0,"message":{"role":"assistant","content":"Here I am.","refusal":null,\
                "annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":12,\
                "completion_tokens":4,"total_tokens":16,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},\
                "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0}},\
                "service_tier":"default","system_fingerprint":"fp_1"}""";

    private OpenAiAnswers() {}

    static byte[] completion() {
        return response("application/json", COMPLETION);
    }

    static byte[] stream(int chunks) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < chunks; i++) {
            body.append(event("{\"content\":\"Here \"}", "null"));
        }
        body.append(event("{}", "\"stop\"")).append("data: [DONE]\n\n");
        return response("text/event-stream", body.toString());
    }

    private static String event(String delta, String finishReason) {
        return """
                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1790000000,\
                "model":"gpt-4o-mini-2024-07-18","service_tier":"default","system_fingerprint":"fp_1",\
                "choices":[{"index":0,"delta":%s,"logprobs":null,"finish_reason":%s}],"usage":null}

                """.formatted(delta, finishReason);
    }

    private static byte[] response(String type, String body) {
        return """
                HTTP/1.1 200 OK\r
                content-type: %s\r
                content-length: %d\r
                x-request-id: req_0123456789abcdef\r
                openai-processing-ms: 250\r
                x-ratelimit-limit-requests: 10000\r
                x-ratelimit-remaining-requests: 9999\r
                x-ratelimit-reset-requests: 6ms\r
                \r
                %s""".formatted(type, body.length(), body).getBytes(US_ASCII);
    }
}
