package io.aicore.openai;

import static io.aicore.llm.error.ErrorCategory.AUTHENTICATION;
import static io.aicore.llm.error.ErrorCategory.BILLING;
import static io.aicore.llm.error.ErrorCategory.CONFLICT;
import static io.aicore.llm.error.ErrorCategory.CONTENT_FILTERED;
import static io.aicore.llm.error.ErrorCategory.CONTEXT_LENGTH;
import static io.aicore.llm.error.ErrorCategory.INVALID_REQUEST;
import static io.aicore.llm.error.ErrorCategory.MALFORMED_RESPONSE;
import static io.aicore.llm.error.ErrorCategory.NOT_FOUND;
import static io.aicore.llm.error.ErrorCategory.OVERLOADED;
import static io.aicore.llm.error.ErrorCategory.PAYLOAD_TOO_LARGE;
import static io.aicore.llm.error.ErrorCategory.PERMISSION;
import static io.aicore.llm.error.ErrorCategory.QUOTA_EXHAUSTED;
import static io.aicore.llm.error.ErrorCategory.RATE_LIMITED;
import static io.aicore.llm.error.ErrorCategory.SERVER_ERROR;
import static io.aicore.llm.error.ErrorCategory.TIMEOUT;
import static io.aicore.llm.error.ErrorCategory.UNSUPPORTED_REGION;

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

/** Chat completions as the kit wants to know them. */
class OpenAiFixture implements ProviderFixture {

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public LlmConfigBuilder config(URI server) {
        return LlmConfig.builder()
                .provider("openai")
                .apiKey(key())
                .model(model())
                .baseUrl(server + "/v1");
    }

    @Override
    public String path(boolean stream) {
        return "/v1/chat/completions";
    }

    @Override
    public Map<FinishReason, String> finishReasons() {
        return Map.of(
                FinishReason.STOP, "stop",
                FinishReason.LENGTH, "length",
                FinishReason.TOOL_CALLS, "tool_calls",
                FinishReason.CONTENT_FILTER, "content_filter");
    }

    @Override
    public String plain(Reply reply) {
        List<String> message = new ArrayList<>(List.of("\"role\":\"assistant\"", "\"refusal\":null"));
        message.add("\"content\":" + (reply.pieces().isEmpty() ? "null" : quoted(reply.text())));
        if (!reply.thoughts().isEmpty()) {
            message.add("\"reasoning_content\":" + quoted(reply.reasoning()));
        }
        if (!reply.calls().isEmpty()) {
            message.add(reply.calls().stream()
                    .map(call -> "{\"id\":\"" + call.id() + "\",\"type\":\"function\",\"function\":{\"name\":\""
                            + call.name() + "\",\"arguments\":" + quoted(call.arguments()) + "}}")
                    .collect(Collectors.joining(",", "\"tool_calls\":[", "]")));
        }
        return "{\"id\":\"" + Reply.ID + "\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"" + Reply.MODEL
                + "\",\"choices\":[{\"index\":0,\"message\":{" + String.join(",", message)
                + "},\"logprobs\":null,\"finish_reason\":\"" + finishReasons().get(reply.finish())
                + "\"}],\"usage\":" + usage(reply.usage()) + "}";
    }

    @Override
    public int spareEvents() {
        return 2;
    }

    @Override
    public List<WireEvent> stream(Reply reply) {
        List<WireEvent> events = new ArrayList<>();
        events.add(delta("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null"));
        reply.thoughts().forEach(piece -> events.add(delta("\"reasoning_content\":" + quoted(piece))));
        reply.pieces().forEach(piece -> events.add(delta("\"content\":" + quoted(piece))));
        for (int i = 0; i < reply.calls().size(); i++) {
            ToolCall call = reply.calls().get(i);
            int middle = call.arguments().length() / 2;
            events.add(call(
                    i,
                    "\"id\":\"" + call.id() + "\",\"type\":\"function\",\"function\":{\"name\":\"" + call.name()
                            + "\",\"arguments\":\"\"}"));
            events.add(arguments(i, call.arguments().substring(0, middle)));
            events.add(arguments(i, call.arguments().substring(middle)));
        }
        String reason = finishReasons().get(reply.finish());
        events.add(
                chunk("[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"" + reason + "\"}]", "null"));
        events.add(chunk("[]", usage(reply.usage())));
        events.add(new WireEvent(null, "[DONE]"));
        return events;
    }

    private static WireEvent arguments(int index, String piece) {
        return call(index, "\"function\":{\"arguments\":" + quoted(piece) + "}");
    }

    private static WireEvent call(int index, String members) {
        return delta("\"tool_calls\":[{\"index\":" + index + "," + members + "}]");
    }

    private static WireEvent delta(String members) {
        return chunk("[{\"index\":0,\"delta\":{" + members + "},\"logprobs\":null,\"finish_reason\":null}]", "null");
    }

    private static WireEvent chunk(String choices, String usage) {
        return new WireEvent(
                null,
                "{\"id\":\"" + Reply.ID + "\",\"object\":\"chat.completion.chunk\",\"model\":\"" + Reply.MODEL
                        + "\",\"choices\":" + choices + ",\"usage\":" + usage + "}");
    }

    private static String usage(Usage usage) {
        return "{\"prompt_tokens\":" + usage.inputTokens() + ",\"completion_tokens\":" + usage.outputTokens()
                + ",\"total_tokens\":" + usage.totalTokens()
                + ",\"completion_tokens_details\":{\"reasoning_tokens\":" + usage.reasoningTokens() + "}}";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String error(String type, String code, String message) {
        return "{\"error\":{\"message\":" + quoted(message) + ",\"type\":\"" + type + "\",\"param\":null,\"code\":"
                + (code.isEmpty() ? "null" : quoted(code)) + "}}";
    }

    @Override
    public List<ErrorForm> errors() {
        String limited = error("requests", "rate_limit_exceeded", "Rate limit reached for requests");
        return List.of(
                ErrorForm.of(400, error("invalid_request_error", "", "Unknown parameter: 'a'."), INVALID_REQUEST),
                ErrorForm.of(
                        400, error("invalid_request_error", "context_length_exceeded", "too long"), CONTEXT_LENGTH),
                ErrorForm.of(400, error("", "content_filter", "The response was filtered"), CONTENT_FILTERED),
                ErrorForm.of(401, error("invalid_request_error", "invalid_api_key", "no"), AUTHENTICATION),
                ErrorForm.of(402, error("insufficient_balance", "", "Insufficient Balance"), BILLING),
                ErrorForm.of(
                        403,
                        error("request_forbidden", "unsupported_country_region_territory", "Country not supported"),
                        UNSUPPORTED_REGION),
                ErrorForm.of(403, error("invalid_request_error", "", "You do not have access"), PERMISSION),
                ErrorForm.of(404, error("invalid_request_error", "model_not_found", "no such model"), NOT_FOUND),
                ErrorForm.of(408, "", TIMEOUT),
                ErrorForm.of(409, error("conflict", "", "locked"), CONFLICT),
                ErrorForm.of(413, "<html><h1>413 Request Entity Too Large</h1></html>", PAYLOAD_TOO_LARGE),
                ErrorForm.of(429, limited, RATE_LIMITED),
                ErrorForm.of(429, limited, RATE_LIMITED)
                        .header("retry-after: 7")
                        .delay(Duration.ofSeconds(7)),
                ErrorForm.of(429, limited, RATE_LIMITED)
                        .header("retry-after-ms: 2500")
                        .header("retry-after: 7")
                        .delay(Duration.ofMillis(2_500)),
                ErrorForm.of(429, limited, RATE_LIMITED)
                        .header("date: Sun, 01 Mar 2026 12:00:00 GMT")
                        .header("retry-after: Sun, 01 Mar 2026 12:00:30 GMT")
                        .delay(Duration.ofSeconds(30)),
                ErrorForm.of(429, limited, RATE_LIMITED)
                        .header("x-ratelimit-remaining-requests: 0")
                        .header("x-ratelimit-reset-requests: 12.5s")
                        .header("x-ratelimit-remaining-tokens: 900")
                        .header("x-ratelimit-reset-tokens: 6m0s")
                        .delay(Duration.ofMillis(12_500)),
                ErrorForm.of(
                                429,
                                error("tokens", "rate_limit_exceeded", "Limit reached. Please try again in 7m12.5s."),
                                RATE_LIMITED)
                        .delay(Duration.ofMillis(432_500)),
                ErrorForm.of(429, error("insufficient_quota", "insufficient_quota", "quota"), QUOTA_EXHAUSTED),
                ErrorForm.of(500, error("server_error", "", "The server had an error"), SERVER_ERROR),
                ErrorForm.of(500, error("server_error", "", "no"), SERVER_ERROR)
                        .header("x-should-retry: false")
                        .notRetryable(),
                ErrorForm.of(502, "<html>bad gateway</html>", SERVER_ERROR),
                ErrorForm.of(503, error("server_error", "", "The engine is currently overloaded"), OVERLOADED)
                        .header("retry-after: 3")
                        .delay(Duration.ofSeconds(3)),
                ErrorForm.of(504, "", TIMEOUT));
    }

    @Override
    public List<ErrorForm> errorsInsideSuccess() {
        return List.of(
                ErrorForm.of(200, "{\"error\":{\"code\":502,\"message\":\"upstream\"}}", SERVER_ERROR)
                        .meaning(502),
                ErrorForm.of(200, error("server_error", "server_is_overloaded", "later"), OVERLOADED),
                ErrorForm.of(200, error("insufficient_quota", "insufficient_quota", "no"), QUOTA_EXHAUSTED),
                ErrorForm.of(200, "{\"choices\":null}", MALFORMED_RESPONSE),
                ErrorForm.of(200, "<html>hello</html>", MALFORMED_RESPONSE));
    }

    @Override
    public List<StreamError> errorsInStream() {
        return List.of(
                StreamError.passing(
                        new WireEvent(null, error("server_error", "server_is_overloaded", "later")), OVERLOADED),
                StreamError.passing(
                        new WireEvent("error", "{\"error\":{\"code\":502,\"message\":\"gone\"}}"), SERVER_ERROR),
                StreamError.passing(
                        chunk(
                                "[{\"index\":0,\"delta\":{},\"error\":{\"code\":429,\"message\":\"slow down\"},"
                                        + "\"finish_reason\":\"error\"}]",
                                "null"),
                        RATE_LIMITED),
                StreamError.lasting(
                        new WireEvent(null, error("insufficient_quota", "insufficient_quota", "no")), QUOTA_EXHAUSTED));
    }

    @Override
    public ErrorForm wrongKey(String words) {
        return ErrorForm.of(401, error("invalid_request_error", "invalid_api_key", words), AUTHENTICATION);
    }

    @Override
    public EmbeddingFixture embeddings() {
        return new OpenAiEmbeddings();
    }

    @Override
    public boolean thinkBlocks() {
        return false;
    }

    @Override
    public RequestReader requests() {
        return new OpenAiRequests();
    }
}
