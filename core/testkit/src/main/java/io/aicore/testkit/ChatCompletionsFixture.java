package io.aicore.testkit;

import static io.aicore.testkit.ReplyWriter.array;
import static io.aicore.testkit.ReplyWriter.object;
import static io.aicore.testkit.ReplyWriter.quoted;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A host of OpenAI's chat completions, as the {@code ChatCompletions} codec with {@code ChatDialect.COMMON} speaks to it. A
 * host's own fixture overrides what its dialect overrides.
 */
public abstract class ChatCompletionsFixture implements ProviderFixture {

    private final String provider;

    /** Of the provider that is configured by this name, with a base URL that ends in {@code /v1}. */
    protected ChatCompletionsFixture(String provider) {
        this.provider = provider;
    }

    /** Default: all but documents and embeddings, of which each host has its own form. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.FILES, Capability.EMBEDDINGS));
    }

    @Override
    public LlmConfigBuilder config(URI server) {
        return LlmConfig.builder()
                .provider(provider)
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
            message.add("\"tool_calls\":"
                    + array(reply.calls().stream()
                            .map(call -> "{" + called(call, call.arguments()) + "}")
                            .toList()));
        }
        return "{\"id\":\"" + Reply.ID + "\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"" + Reply.MODEL
                + "\",\"choices\":[{\"index\":0,\"message\":" + object(message)
                + ",\"logprobs\":null,\"finish_reason\":\"" + finishReasons().get(reply.finish())
                + "\"}],\"usage\":" + counted(reply.usage()) + "}";
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
            events.add(call(i, called(call, "")));
            events.add(arguments(i, call.arguments().substring(0, middle)));
            events.add(arguments(i, call.arguments().substring(middle)));
        }
        String reason = finishReasons().get(reply.finish());
        events.add(
                chunk("[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"" + reason + "\"}]", "null"));
        events.add(chunk("[]", counted(reply.usage())));
        events.add(new WireEvent(null, "[DONE]"));
        return events;
    }

    private static String called(ToolCall call, String arguments) {
        return "\"id\":\"" + call.id() + "\",\"type\":\"function\",\"function\":{\"name\":\"" + call.name()
                + "\",\"arguments\":" + quoted(arguments) + "}";
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

    /** An event of a stream with these choices and this usage, each as JSON. */
    protected static WireEvent chunk(String choices, String usage) {
        return new WireEvent(
                null,
                "{\"id\":\"" + Reply.ID + "\",\"object\":\"chat.completion.chunk\",\"model\":\"" + Reply.MODEL
                        + "\",\"choices\":" + choices + ",\"usage\":" + usage + "}");
    }

    /** This usage as the protocol counts it. */
    protected static String counted(Usage usage) {
        return "{\"prompt_tokens\":" + usage.inputTokens() + ",\"completion_tokens\":" + usage.outputTokens()
                + ",\"total_tokens\":" + usage.totalTokens()
                + ",\"completion_tokens_details\":{\"reasoning_tokens\":" + usage.reasoningTokens() + "}}";
    }

    /** The protocol's error with this type and, unless it is empty, this code. */
    protected static String error(String type, String code, String message) {
        return "{\"error\":{\"message\":" + quoted(message) + ",\"type\":\"" + type + "\",\"param\":null,\"code\":"
                + (code.isEmpty() ? "null" : quoted(code)) + "}}";
    }

    /** Default: what every host of the protocol answers with. */
    @Override
    public List<ErrorForm> errors() {
        String limited = error("requests", "rate_limit_exceeded", "Rate limit reached for requests");
        return List.of(
                ErrorForm.of(
                        400,
                        error("invalid_request_error", "", "Unknown parameter: 'a'."),
                        ErrorCategory.INVALID_REQUEST),
                ErrorForm.of(
                        400,
                        error("invalid_request_error", "context_length_exceeded", "too long"),
                        ErrorCategory.CONTEXT_LENGTH),
                ErrorForm.of(
                        404,
                        error("invalid_request_error", "model_not_found", "no such model"),
                        ErrorCategory.NOT_FOUND),
                ErrorForm.of(429, limited, ErrorCategory.RATE_LIMITED),
                ErrorForm.of(429, limited, ErrorCategory.RATE_LIMITED)
                        .header("retry-after: 7")
                        .delay(Duration.ofSeconds(7)),
                ErrorForm.of(500, error("server_error", "", "The server had an error"), ErrorCategory.SERVER_ERROR),
                ErrorForm.of(502, "<html>bad gateway</html>", ErrorCategory.SERVER_ERROR),
                ErrorForm.of(
                        503, error("server_error", "", "The engine is currently overloaded"), ErrorCategory.OVERLOADED),
                ErrorForm.of(504, "", ErrorCategory.TIMEOUT));
    }

    @Override
    public List<ErrorForm> errorsInsideSuccess() {
        return List.of(
                ErrorForm.of(200, "{\"error\":{\"code\":502,\"message\":\"upstream\"}}", ErrorCategory.SERVER_ERROR)
                        .meaning(502),
                ErrorForm.of(200, error("server_error", "server_is_overloaded", "later"), ErrorCategory.OVERLOADED),
                ErrorForm.of(
                        200, error("insufficient_quota", "insufficient_quota", "no"), ErrorCategory.QUOTA_EXHAUSTED),
                ErrorForm.of(200, "{\"choices\":null}", ErrorCategory.MALFORMED_RESPONSE),
                ErrorForm.of(200, "<html>hello</html>", ErrorCategory.MALFORMED_RESPONSE));
    }

    @Override
    public List<StreamError> errorsInStream() {
        return List.of(
                StreamError.passing(
                        new WireEvent(null, error("server_error", "server_is_overloaded", "later")),
                        ErrorCategory.OVERLOADED),
                StreamError.passing(
                        new WireEvent("error", "{\"error\":{\"code\":502,\"message\":\"gone\"}}"),
                        ErrorCategory.SERVER_ERROR),
                StreamError.passing(
                        chunk(
                                "[{\"index\":0,\"delta\":{},\"error\":{\"code\":429,\"message\":\"slow down\"},"
                                        + "\"finish_reason\":\"error\"}]",
                                "null"),
                        ErrorCategory.RATE_LIMITED),
                StreamError.lasting(
                        new WireEvent(null, error("insufficient_quota", "insufficient_quota", "no")),
                        ErrorCategory.QUOTA_EXHAUSTED));
    }

    @Override
    public ErrorForm wrongKey(String words) {
        return ErrorForm.of(
                401, error("invalid_request_error", "invalid_api_key", words), ErrorCategory.AUTHENTICATION);
    }

    /** Default: no, as without {@code ThinkBlocks} around the codec. */
    @Override
    public boolean thinkBlocks() {
        return false;
    }

    @Override
    public RequestReader requests() {
        return new ChatCompletionsRequests();
    }
}
