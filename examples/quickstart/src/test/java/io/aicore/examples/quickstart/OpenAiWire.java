package io.aicore.examples.quickstart;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.Reply;
import java.util.List;

/** OpenAI's chat completions. */
class OpenAiWire extends Wire {

    OpenAiWire() {
        this("openai");
    }

    OpenAiWire(String provider) {
        super(provider);
    }

    @Override
    Reply rateLimited(String seconds) {
        return ChatReplies.error(429, "requests", "rate_limit_exceeded", "Slow down")
                .header("retry-after", seconds);
    }

    @Override
    Reply overloaded() {
        return ChatReplies.error(503, "service_unavailable_error", "server_is_overloaded", "Overloaded");
    }

    @Override
    Reply spent() {
        return ChatReplies.error(429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota");
    }

    @Override
    Reply wrongKey() {
        return ChatReplies.error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided");
    }

    @Override
    Reply answer(String text) {
        return ChatReplies.answer(text, 5, 4);
    }

    @Override
    Reply stream(String... pieces) {
        return ChatReplies.stream(List.of(pieces), 5);
    }

    @Override
    Reply cutStream() {
        return Reply.events(ChatReplies.begun(List.of())).thenCut();
    }
}
