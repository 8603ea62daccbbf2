package io.aicore.anthropic;

import static io.aicore.anthropic.Fixtures.error;
import static io.aicore.llm.error.ErrorCategory.AUTHENTICATION;
import static io.aicore.llm.error.ErrorCategory.BILLING;
import static io.aicore.llm.error.ErrorCategory.CONFLICT;
import static io.aicore.llm.error.ErrorCategory.CONTEXT_LENGTH;
import static io.aicore.llm.error.ErrorCategory.INVALID_REQUEST;
import static io.aicore.llm.error.ErrorCategory.MALFORMED_RESPONSE;
import static io.aicore.llm.error.ErrorCategory.NOT_FOUND;
import static io.aicore.llm.error.ErrorCategory.OVERLOADED;
import static io.aicore.llm.error.ErrorCategory.PAYLOAD_TOO_LARGE;
import static io.aicore.llm.error.ErrorCategory.PERMISSION;
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
import io.aicore.llm.error.ErrorCategory;
import io.aicore.testkit.Capability;
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

/** The Messages API as the kit wants to know it. */
final class AnthropicFixture implements ProviderFixture {

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.EMBEDDINGS));
    }

    @Override
    public boolean mayAnswerNothing() {
        return true;
    }

    @Override
    public LlmConfigBuilder config(URI server) {
        return LlmConfig.builder()
                .provider("anthropic")
                .apiKey(key())
                .model(model())
                .baseUrl(server);
    }

    @Override
    public String model() {
        return "claude-haiku-4-5";
    }

    @Override
    public String path(boolean stream) {
        return "/v1/messages";
    }

    @Override
    public Map<FinishReason, String> finishReasons() {
        return Map.of(
                FinishReason.STOP, "end_turn",
                FinishReason.STOP_SEQUENCE, "stop_sequence",
                FinishReason.LENGTH, "max_tokens",
                FinishReason.CONTEXT_WINDOW, "model_context_window_exceeded",
                FinishReason.TOOL_CALLS, "tool_use",
                FinishReason.PAUSE, "pause_turn",
                FinishReason.REFUSAL, "refusal");
    }

    @Override
    public Set<String> opaqueMembers() {
        return Set.of("input");
    }

    @Override
    public String plain(Reply reply) {
        List<String> blocks = new ArrayList<>();
        if (!reply.thoughts().isEmpty()) {
            blocks.add("{\"type\":\"thinking\",\"thinking\":\""
                    + reply.reasoning().replace("\"", "\\\"") + "\",\"signature\":\"c2ln\"}");
        }
        if (!reply.pieces().isEmpty()) {
            blocks.add("{\"type\":\"text\",\"text\":" + quoted(reply.text()) + "}");
        }
        for (ToolCall call : reply.calls()) {
            blocks.add(call(call, call.arguments()));
        }
        return "{\"id\":\"" + Reply.ID + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"" + Reply.MODEL
                + "\",\"content\":[" + String.join(",", blocks) + "],\"stop_reason\":\""
                + finishReasons().get(reply.finish()) + "\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":"
                + reply.usage().inputTokens() + "," + output(reply.usage()) + "}}";
    }

    @Override
    public int spareEvents() {
        return 1;
    }

    @Override
    public List<WireEvent> stream(Reply reply) {
        List<WireEvent> events = new ArrayList<>();
        events.add(event(
                "message_start",
                "\"message\":{\"id\":\"" + Reply.ID + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\""
                        + Reply.MODEL + "\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":"
                        + reply.usage().inputTokens() + ",\"output_tokens\":1}}"));
        int index = 0;
        if (!reply.thoughts().isEmpty()) {
            events.add(open(index, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"));
            for (String piece : reply.thoughts()) {
                events.add(grow(index, "thinking_delta", "thinking", piece));
            }
            events.add(grow(index, "signature_delta", "signature", "c2ln"));
            events.add(event("content_block_stop", "\"index\":" + index++));
        }
        events.add(event("ping", "\"x\":0"));
        if (!reply.pieces().isEmpty()) {
            events.add(open(index, "{\"type\":\"text\",\"text\":\"\"}"));
            for (String piece : reply.pieces()) {
                events.add(grow(index, "text_delta", "text", piece));
            }
            events.add(event("content_block_stop", "\"index\":" + index++));
        }
        for (ToolCall call : reply.calls()) {
            int middle = call.arguments().length() / 2;
            events.add(open(index, call(call, "{}")));
            events.add(grow(
                    index, "input_json_delta", "partial_json", call.arguments().substring(0, middle)));
            events.add(grow(
                    index, "input_json_delta", "partial_json", call.arguments().substring(middle)));
            events.add(event("content_block_stop", "\"index\":" + index++));
        }
        events.add(event(
                "message_delta",
                "\"delta\":{\"stop_reason\":\"" + finishReasons().get(reply.finish())
                        + "\",\"stop_sequence\":null},\"usage\":{" + output(reply.usage()) + "}"));
        events.add(event("message_stop", "\"x\":0"));
        return events;
    }

    private static WireEvent open(int index, String block) {
        return event("content_block_start", "\"index\":" + index + ",\"content_block\":" + block);
    }

    private static WireEvent grow(int index, String type, String member, String piece) {
        return event(
                "content_block_delta",
                "\"index\":" + index + ",\"delta\":{\"type\":\"" + type + "\",\"" + member + "\":" + quoted(piece)
                        + "}");
    }

    private static WireEvent event(String type, String members) {
        return new WireEvent(type, "{\"type\":\"" + type + "\"," + members + "}");
    }

    private static String call(ToolCall call, String input) {
        return "{\"type\":\"tool_use\",\"id\":\"" + call.id() + "\",\"name\":\"" + call.name() + "\",\"input\":" + input
                + "}";
    }

    private static String output(Usage usage) {
        return "\"output_tokens\":" + usage.outputTokens() + ",\"output_tokens_details\":{\"thinking_tokens\":"
                + usage.reasoningTokens() + "}";
    }

    @Override
    public List<ErrorForm> errors() {
        String limited = error("rate_limit_error", "This would exceed your limit of 50 requests per minute");
        return List.of(
                ErrorForm.of(400, error("invalid_request_error", "max_tokens: must be a number"), INVALID_REQUEST),
                ErrorForm.of(
                        400,
                        error("invalid_request_error", "prompt is too long: 300 tokens > 200 maximum"),
                        CONTEXT_LENGTH),
                ErrorForm.of(400, error("invalid_request_error", "Your credit balance is too low"), BILLING),
                ErrorForm.of(401, error("authentication_error", "invalid x-api-key"), AUTHENTICATION),
                ErrorForm.of(402, error("billing_error", "no"), BILLING),
                ErrorForm.of(403, error("permission_error", "no"), PERMISSION),
                ErrorForm.of(404, error("not_found_error", "model: claude-x"), NOT_FOUND),
                ErrorForm.of(409, error("conflict_error", "again"), CONFLICT),
                ErrorForm.of(413, error("request_too_large", "no"), PAYLOAD_TOO_LARGE),
                ErrorForm.of(429, limited, RATE_LIMITED),
                ErrorForm.of(429, limited, RATE_LIMITED)
                        .header("retry-after: 8")
                        .delay(Duration.ofSeconds(8)),
                ErrorForm.of(429, limited, RATE_LIMITED)
                        .header("retry-after: 600")
                        .delay(Duration.ofSeconds(600)),
                ErrorForm.of(429, limited, RATE_LIMITED)
                        .header("date: Sun, 01 Mar 2026 12:00:00 GMT")
                        .header("anthropic-ratelimit-requests-remaining: 9")
                        .header("anthropic-ratelimit-requests-reset: 2026-03-01T13:00:00Z")
                        .header("anthropic-ratelimit-tokens-remaining: 0")
                        .header("anthropic-ratelimit-tokens-reset: 2026-03-01T12:00:40Z")
                        .delay(Duration.ofSeconds(40)),
                because("enforced_spend_limit_reached", BILLING),
                because("contract_spend_limit_reached", BILLING),
                because("ramp_limit_exceeded", RATE_LIMITED),
                because("of_tomorrow", RATE_LIMITED),
                ErrorForm.of(500, error("api_error", "Internal server error"), SERVER_ERROR),
                ErrorForm.of(500, error("api_error", "no"), SERVER_ERROR)
                        .header("x-should-retry: false")
                        .notRetryable(),
                ErrorForm.of(502, "<html>bad gateway</html>", SERVER_ERROR),
                ErrorForm.of(503, error("cmek_key_unreachable", "no"), OVERLOADED),
                ErrorForm.of(504, error("timeout_error", "slow"), TIMEOUT),
                ErrorForm.of(529, error("overloaded_error", "Overloaded"), OVERLOADED),
                ErrorForm.of(529, error("overloaded_error", "Overloaded"), OVERLOADED)
                        .header("retry-after: 30")
                        .delay(Duration.ofSeconds(30)));
    }

    /** The cause behind a 429 decides. */
    private static ErrorForm because(String code, ErrorCategory category) {
        return ErrorForm.of(
                429,
                "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"no\",\"details\":"
                        + "{\"error_code\":\"" + code + "\"}}}",
                category);
    }

    @Override
    public List<ErrorForm> errorsInsideSuccess() {
        return List.of(
                ErrorForm.of(200, error("overloaded_error", "Overloaded"), OVERLOADED)
                        .meaning(529),
                ErrorForm.of(200, error("api_error", "in place of an answer"), SERVER_ERROR),
                ErrorForm.of(200, error("authentication_error", "invalid x-api-key"), AUTHENTICATION),
                ErrorForm.of(200, "{\"type\":\"message\"}", MALFORMED_RESPONSE),
                ErrorForm.of(200, "<html>hello</html>", MALFORMED_RESPONSE));
    }

    @Override
    public List<StreamError> errorsInStream() {
        return List.of(
                StreamError.passing(new WireEvent("error", error("overloaded_error", "Overloaded")), OVERLOADED),
                StreamError.passing(new WireEvent("error", error("api_error", "no")), SERVER_ERROR),
                StreamError.passing(new WireEvent("error", "upstream is overloaded"), OVERLOADED),
                StreamError.lasting(
                        new WireEvent("error", error("invalid_request_error", "no such beta")), INVALID_REQUEST));
    }

    @Override
    public ErrorForm wrongKey(String words) {
        return ErrorForm.of(401, error("authentication_error", words), AUTHENTICATION);
    }

    @Override
    public boolean thinkBlocks() {
        return false;
    }

    @Override
    public RequestReader requests() {
        return new AnthropicRequests();
    }
}
