package io.aicore.examples.quickstart;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.examples.server.Reply;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The provider for those who have no key yet: limits the rate, is overloaded, cuts the connection, then answers. */
final class Demo {

    private static final Duration TOKEN_PACE = Duration.ofMillis(30);
    private static final Duration INITIAL_DELAY = Duration.ofMillis(300);

    // Whoever keeps asking meets the failures again.
    private static final int ROUND = 7;

    private Demo() {}

    static DemoServer start() {
        return DemoServer.start(question -> switch ((question.number() - 1) % ROUND + 1) {
            case 1 ->
                ChatReplies.error(429, "requests", "rate_limit_exceeded", "Rate limit reached for requests")
                        .header("retry-after", "1");
            // Closes the connection too: on a kept one that breaks the client asks again at once, without an attempt
            // more.
            case 2 ->
                ChatReplies.error(503, "service_unavailable_error", "server_is_overloaded", "The server is overloaded")
                        .header("connection", "close");
            case 3 ->
                question.stream() ? Reply.events(ChatReplies.begun(List.of())).thenCut() : Reply.hangUp();
            default -> {
                Reply answer = question.answer(answer(question.prompt()));
                yield question.stream() ? answer.pace(TOKEN_PACE) : answer;
            }
        });
    }

    /** The way to this server; everything else, retries too, is as this environment says. */
    static LlmConfig config(DemoServer server, Map<String, String> environment) {
        LlmConfigBuilder config = LlmConfig.builder()
                .fromEnvironment(environment)
                .provider("openai")
                .baseUrl(server.baseUrl())
                .apiKey("no-key-needed");
        if (!environment.containsKey("LLM_MODEL")) {
            config.model(DemoServer.MODEL);
        }
        if (!environment.containsKey("LLM_RETRY_INITIAL_DELAY") && !environment.containsKey("LLM_RETRY_MAX_DELAY")) {
            config.retrySettings(settings -> settings.initialDelay(INITIAL_DELAY));
        }
        return config.build();
    }

    private static String answer(String prompt) {
        return "You asked \"" + prompt + "\". First I turned you away, then I was overloaded, then I hung up."
                + " The client waited, asked again, and here is your answer.";
    }
}
