package io.aicore.examples.quickstart;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.Reply;
import java.util.List;

/** OpenAI's chat completions. */
final class OpenAiWire implements Wire {

    @Override
    public String provider() {
        return "openai";
    }

    @Override
    public Reply rateLimited(String seconds) {
        return ChatReplies.error(429, "requests", "rate_limit_exceeded", "Slow down")
                .header("retry-after", seconds);
    }

    @Override
    public Reply overloaded() {
        return ChatReplies.error(503, "service_unavailable_error", "server_is_overloaded", "Overloaded");
    }

    @Override
    public Reply spent() {
        return ChatReplies.error(429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota");
    }

    @Override
    public Reply wrongKey() {
        return ChatReplies.error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided");
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

    @Override
    public String toString() {
        return provider();
    }
}
