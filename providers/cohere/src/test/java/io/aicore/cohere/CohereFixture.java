package io.aicore.cohere;

import static io.aicore.llm.error.ErrorCategory.AUTHENTICATION;
import static io.aicore.llm.error.ErrorCategory.BILLING;
import static io.aicore.llm.error.ErrorCategory.CONTENT_FILTERED;
import static io.aicore.llm.error.ErrorCategory.CONTEXT_LENGTH;
import static io.aicore.llm.error.ErrorCategory.INVALID_REQUEST;
import static io.aicore.llm.error.ErrorCategory.MALFORMED_RESPONSE;
import static io.aicore.llm.error.ErrorCategory.NOT_FOUND;
import static io.aicore.llm.error.ErrorCategory.OVERLOADED;
import static io.aicore.llm.error.ErrorCategory.PERMISSION;
import static io.aicore.llm.error.ErrorCategory.QUOTA_EXHAUSTED;
import static io.aicore.llm.error.ErrorCategory.RATE_LIMITED;
import static io.aicore.llm.error.ErrorCategory.SERVER_ERROR;
import static io.aicore.llm.error.ErrorCategory.TIMEOUT;
import static io.aicore.testkit.ReplyWriter.quoted;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.testkit.Capability;
import io.aicore.testkit.EmbeddingFixture;
import io.aicore.testkit.ErrorForm;
import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.Reply;
import io.aicore.testkit.RequestReader;
import io.aicore.testkit.StreamError;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Cohere's protocol as the kit wants to know it. */
final class CohereFixture implements ProviderFixture {

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.FILES));
    }

    @Override
    public LlmConfigBuilder config(URI server) {
        return LlmConfig.builder()
                .provider("cohere")
                .apiKey(key())
                .model(model())
                .baseUrl(server);
    }

    @Override
    public String path(boolean stream) {
        return "/v2/chat";
    }

    /** No answer names its model. */
    @Override
    public String servedBy() {
        return model();
    }

    /** What was thought is not counted for itself. */
    @Override
    public Usage usage(Reply reply) {
        return Usage.of(reply.usage().inputTokens(), reply.usage().outputTokens());
    }

    @Override
    public Map<FinishReason, String> finishReasons() {
        return Map.of(
                FinishReason.STOP, "COMPLETE",
                FinishReason.STOP_SEQUENCE, "STOP_SEQUENCE",
                FinishReason.LENGTH, "MAX_TOKENS",
                FinishReason.TOOL_CALLS, "TOOL_CALL");
    }

    @Override
    public String plain(Reply reply) {
        List<String> blocks = new ArrayList<>();
        if (!reply.thoughts().isEmpty()) {
            blocks.add("{\"type\":\"thinking\",\"thinking\":" + quoted(reply.reasoning()) + "}");
        }
        if (!reply.pieces().isEmpty()) {
            blocks.add("{\"type\":\"text\",\"text\":" + quoted(reply.text()) + "}");
        }
        List<String> message = new ArrayList<>(List.of("\"role\":\"assistant\""));
        if (!blocks.isEmpty()) {
            message.add("\"content\":[" + String.join(",", blocks) + "]");
        }
        if (!reply.calls().isEmpty()) {
            message.add(reply.calls().stream()
                    .map(call -> call(call, call.arguments()))
                    .collect(Collectors.joining(",", "\"tool_calls\":[", "]")));
        }
        return "{\"id\":\"" + Reply.ID + "\",\"message\":{" + String.join(",", message) + "}," + end(reply) + "}";
    }

    @Override
    public List<WireEvent> stream(Reply reply) {
        List<WireEvent> events = new ArrayList<>();
        events.add(event(
                "message-start",
                "\"id\":\"" + Reply.ID + "\",\"delta\":{\"message\":{\"role\":\"assistant\",\"content\":[]}}"));
        int index = 0;
        if (!reply.thoughts().isEmpty()) {
            block(events, index++, "thinking", reply.thoughts());
        }
        if (!reply.pieces().isEmpty()) {
            block(events, index, "text", reply.pieces());
        }
        for (int i = 0; i < reply.calls().size(); i++) {
            ToolCall call = reply.calls().get(i);
            int middle = call.arguments().length() / 2;
            events.add(called(i, "start", call(call, "")));
            events.add(called(i, "delta", arguments(call.arguments().substring(0, middle))));
            events.add(called(i, "delta", arguments(call.arguments().substring(middle))));
            events.add(event("tool-call-end", "\"index\":" + i));
        }
        events.add(event("message-end", "\"delta\":{" + end(reply) + "}"));
        return events;
    }

    private static void block(List<WireEvent> events, int index, String type, List<String> pieces) {
        events.add(content(index, "start", "\"type\":\"" + type + "\",\"" + type + "\":\"\""));
        pieces.forEach(piece -> events.add(content(index, "delta", "\"" + type + "\":" + quoted(piece))));
        events.add(event("content-end", "\"index\":" + index));
    }

    private static WireEvent content(int index, String what, String members) {
        return event(
                "content-" + what, "\"index\":" + index + ",\"delta\":{\"message\":{\"content\":{" + members + "}}}");
    }

    private static WireEvent called(int index, String what, String call) {
        return event(
                "tool-call-" + what, "\"index\":" + index + ",\"delta\":{\"message\":{\"tool_calls\":" + call + "}}");
    }

    private static String call(ToolCall call, String arguments) {
        return "{\"id\":\"" + call.id() + "\",\"type\":\"function\",\"function\":{\"name\":\"" + call.name()
                + "\",\"arguments\":" + quoted(arguments) + "}}";
    }

    private static String arguments(String piece) {
        return "{\"function\":{\"arguments\":" + quoted(piece) + "}}";
    }

    private String end(Reply reply) {
        return "\"finish_reason\":\"" + finishReasons().get(reply.finish())
                + "\",\"usage\":{\"billed_units\":{\"input_tokens\":1,\"output_tokens\":2},\"tokens\":{\"input_tokens\":"
                + reply.usage().inputTokens() + ",\"output_tokens\":"
                + reply.usage().outputTokens() + "}}";
    }

    private static WireEvent event(String type, String members) {
        return new WireEvent(type, "{\"type\":\"" + type + "\"," + members + "}");
    }

    private static String error(String message) {
        return "{\"id\":\"c-9\",\"message\":" + quoted(message) + "}";
    }

    private static WireEvent broken(String reason, String error) {
        return event("message-end", "\"delta\":{\"finish_reason\":\"" + reason + "\",\"error\":" + quoted(error) + "}");
    }

    @Override
    public List<ErrorForm> errors() {
        return List.of(
                ErrorForm.of(400, error("invalid request: list of tools must not be empty"), INVALID_REQUEST),
                ErrorForm.of(
                        400,
                        "{\"error_type\":\"TOO_MANY_TOKENS\",\"id\":\"c-9\",\"message\":\"size limit exceeded\"}",
                        CONTEXT_LENGTH),
                ErrorForm.of(
                        400,
                        error("too many tokens: size limit exceeded by 90 tokens. The limit is 1000 tokens."),
                        CONTEXT_LENGTH),
                ErrorForm.of(401, error("invalid api token"), AUTHENTICATION),
                ErrorForm.of(402, error("please add or update your payment method"), BILLING),
                ErrorForm.of(403, error("no"), PERMISSION),
                ErrorForm.of(404, error("model 'nope' not found"), NOT_FOUND),
                ErrorForm.of(422, error("seed must be a number"), INVALID_REQUEST),
                ErrorForm.of(
                        429,
                        error("You are using a Trial key, which is limited to 20 API calls / minute."),
                        RATE_LIMITED),
                ErrorForm.of(
                        429,
                        error("You are using a Trial key, which is limited to 1000 API calls / month."),
                        QUOTA_EXHAUSTED),
                ErrorForm.of(429, error("too many requests"), RATE_LIMITED)
                        .header("retry-after: 7")
                        .delay(Duration.ofSeconds(7)),
                ErrorForm.of(498, error("blocked output: please rephrase the prompt"), CONTENT_FILTERED),
                ErrorForm.of(498, error("invalid token"), CONTENT_FILTERED),
                ErrorForm.of(499, error("request cancelled"), INVALID_REQUEST),
                ErrorForm.of(500, error("internal server error"), SERVER_ERROR),
                ErrorForm.of(501, error("not implemented"), INVALID_REQUEST),
                ErrorForm.of(502, "<html>bad gateway</html>", SERVER_ERROR),
                ErrorForm.of(503, error("the service is not there"), OVERLOADED),
                ErrorForm.of(504, error("no"), TIMEOUT));
    }

    @Override
    public List<ErrorForm> errorsInsideSuccess() {
        return List.of(
                ErrorForm.of(200, error("the model is overloaded"), OVERLOADED),
                ErrorForm.of(200, error("internal server error"), SERVER_ERROR),
                ErrorForm.of(
                        200,
                        "{\"error_type\":\"TOO_MANY_TOKENS\",\"message\":\"size limit exceeded\"}",
                        CONTEXT_LENGTH),
                ErrorForm.of(200, "{\"error\":{\"message\":\"no\",\"code\":\"rate_limit_exceeded\"}}", RATE_LIMITED),
                ErrorForm.of(200, "{\"id\":\"1\",\"finish_reason\":\"ERROR\",\"error\":\"it broke\"}", SERVER_ERROR),
                ErrorForm.of(200, "{\"id\":\"1\",\"finish_reason\":\"TIMEOUT\"}", TIMEOUT),
                ErrorForm.of(200, "{\"id\":\"1\"}", MALFORMED_RESPONSE),
                ErrorForm.of(200, "<html>hello</html>", MALFORMED_RESPONSE));
    }

    @Override
    public List<StreamError> errorsInStream() {
        return List.of(
                StreamError.passing(broken("ERROR", "it broke"), SERVER_ERROR),
                StreamError.passing(broken("TIMEOUT", "too slow"), TIMEOUT),
                StreamError.passing(new WireEvent(null, error("the model is overloaded")), OVERLOADED),
                StreamError.lasting(
                        new WireEvent(null, "{\"error_type\":\"TOO_MANY_TOKENS\",\"message\":\"no\"}"),
                        CONTEXT_LENGTH));
    }

    @Override
    public ErrorForm wrongKey(String words) {
        return ErrorForm.of(401, error(words), AUTHENTICATION);
    }

    @Override
    public RequestReader requests() {
        return new CohereRequests();
    }

    @Override
    public EmbeddingFixture embeddings() {
        return new CohereVectors();
    }
}
