package io.aicore.examples.quickstart;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.Reply;
import java.util.List;

/** Mistral: answers much like OpenAI's, errors of its own. */
final class MistralWire implements Wire {

    @Override
    public String provider() {
        return "mistral";
    }

    @Override
    public Reply rateLimited(String seconds) {
        return error(429, "rate_limited", "1300", "Rate limit exceeded").header("retry-after", seconds);
    }

    @Override
    public Reply overloaded() {
        return error(503, "service_unavailable", "3500", "The service is overloaded");
    }

    @Override
    public Reply spent() {
        return error(402, "payment_required", "1200", "Your credits are used up");
    }

    @Override
    public Reply wrongKey() {
        return Reply.json(401, "{\"detail\":\"Invalid API Key\"}");
    }

    @Override
    public Reply answer(String text) {
        return ChatReplies.answer(text, 5, 4);
    }

    @Override
    public Reply stream(String... pieces) {
        return ChatReplies.stream(List.of(pieces), 5);
    }

    @Override
    public Reply cutStream() {
        return Reply.events(ChatReplies.begun(List.of())).thenCut();
    }

    private static Reply error(int status, String type, String code, String message) {
        return Reply.json(
                status,
                "{\"object\":\"error\",\"message\":\"" + message + "\",\"type\":\"" + type
                        + "\",\"param\":null,\"code\":\"" + code + "\",\"raw_status_code\":" + status + "}");
    }

    @Override
    public String toString() {
        return provider();
    }
}
