package io.aicore.examples.quickstart;

import io.aicore.examples.server.Reply;

/** Mistral: answers much like OpenAI's, errors of its own. */
final class MistralWire extends OpenAiWire {

    MistralWire() {
        super("mistral");
    }

    @Override
    Reply rateLimited(String seconds) {
        return error(429, "rate_limited", "1300", "Rate limit exceeded").header("retry-after", seconds);
    }

    @Override
    Reply overloaded() {
        return error(503, "service_unavailable", "3500", "The service is overloaded");
    }

    @Override
    Reply spent() {
        return error(402, "payment_required", "1200", "Your credits are used up");
    }

    @Override
    Reply wrongKey() {
        return Reply.json(401, "{\"detail\":\"Invalid API Key\"}");
    }

    private static Reply error(int status, String type, String code, String message) {
        return Reply.json(
                status,
                "{\"object\":\"error\",\"message\":\"" + message + "\",\"type\":\"" + type
                        + "\",\"param\":null,\"code\":\"" + code + "\",\"raw_status_code\":" + status + "}");
    }
}
