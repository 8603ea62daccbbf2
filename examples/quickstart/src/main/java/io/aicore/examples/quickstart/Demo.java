package io.aicore.examples.quickstart;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The provider for those who have no key yet: limits the rate, is overloaded, cuts the connection, then answers. */
final class Demo {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TOKEN_PACE = Duration.ofMillis(30);
    private static final Duration INITIAL_DELAY = Duration.ofMillis(300);

    private Demo() {}

    static ScriptedServer start() {
        return ScriptedServer.start(Demo::reply);
    }

    /** The way to this server; everything else, retries too, is as this environment says. */
    static LlmConfig config(ScriptedServer server, Map<String, String> environment) {
        LlmConfigBuilder config = LlmConfig.builder()
                .fromEnvironment(environment)
                .provider("openai")
                .baseUrl(server.baseUrl())
                .apiKey("no-key-needed");
        if (!environment.containsKey("LLM_MODEL")) {
            config.model(ChatReplies.MODEL);
        }
        if (!environment.containsKey("LLM_RETRY_INITIAL_DELAY") && !environment.containsKey("LLM_RETRY_MAX_DELAY")) {
            config.retrySettings(settings -> settings.initialDelay(INITIAL_DELAY));
        }
        return config.build();
    }

    private static Reply reply(int number, String body) {
        JsonNode request = JSON.readTree(body);
        boolean stream = request.path("stream").asBoolean(false);
        return switch (number) {
            case 1 ->
                ChatReplies.error(429, "requests", "rate_limit_exceeded", "Rate limit reached for requests")
                        .header("retry-after", "1");
            case 2 ->
                ChatReplies.error(503, "service_unavailable_error", "server_is_overloaded", "The server is overloaded");
            case 3 -> stream ? Reply.events(ChatReplies.begun(List.of())).thenCut() : Reply.hangUp();
            default -> answer(question(request), stream);
        };
    }

    private static Reply answer(String question, boolean stream) {
        List<String> tokens = tokens("You asked \"" + question + "\". First I turned you away, then I was overloaded,"
                + " then I hung up. The client waited, asked again, and here is your answer.");
        int inputTokens = tokens(question).size();
        return stream
                ? ChatReplies.stream(tokens, inputTokens).pace(TOKEN_PACE)
                : ChatReplies.answer(String.join("", tokens), inputTokens, tokens.size());
    }

    private static String question(JsonNode request) {
        JsonNode messages = request.path("messages");
        JsonNode content = messages.path(messages.size() - 1).path("content");
        return content.isString()
                ? content.asString()
                : content.path(0).path("text").asString("");
    }

    /** Words, each with the space before it. */
    private static List<String> tokens(String text) {
        return Arrays.asList(text.split("(?=\\s\\S)"));
    }
}
