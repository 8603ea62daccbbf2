package io.aicore.bedrock;

import static io.aicore.llm.error.ErrorCategory.AUTHENTICATION;
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
import io.aicore.llm.error.ErrorCategory;
import io.aicore.testkit.Capability;
import io.aicore.testkit.ErrorForm;
import io.aicore.testkit.Frames;
import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.Reply;
import io.aicore.testkit.RequestReader;
import io.aicore.testkit.StreamError;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bedrock's Converse as the kit wants to know it. */
final class BedrockFixture implements ProviderFixture {

    private static final String INTERNAL = ":http://internal.amazon.com/coral/com.amazon.bedrock/";

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.REASONING, Capability.EMBEDDINGS, Capability.RETRY_AFTER));
    }

    @Override
    public boolean mayAnswerNothing() {
        return true;
    }

    @Override
    public boolean showsReasoning() {
        return true;
    }

    /** The protocol does not count the reasoning. */
    @Override
    public Usage usage(Reply reply) {
        return Usage.of(reply.usage().inputTokens(), reply.usage().outputTokens());
    }

    @Override
    public LlmConfigBuilder config(URI server) {
        return LlmConfig.builder()
                .provider("bedrock")
                .apiKey(key())
                .model(model())
                .baseUrl(server.toString());
    }

    @Override
    public String model() {
        return "eu.some.model-v1:0";
    }

    @Override
    public String path(boolean stream) {
        return "/model/eu.some.model-v1%3A0/converse" + (stream ? "-stream" : "");
    }

    @Override
    public String id() {
        return "";
    }

    @Override
    public String servedBy() {
        return model();
    }

    @Override
    public Set<String> opaqueMembers() {
        return Set.of("input");
    }

    @Override
    public Frames frames() {
        return new Frame();
    }

    @Override
    public Map<FinishReason, String> finishReasons() {
        return Map.of(
                FinishReason.STOP, "end_turn",
                FinishReason.STOP_SEQUENCE, "stop_sequence",
                FinishReason.LENGTH, "max_tokens",
                FinishReason.CONTEXT_WINDOW, "model_context_window_exceeded",
                FinishReason.TOOL_CALLS, "tool_use",
                FinishReason.CONTENT_FILTER, "content_filtered",
                FinishReason.MALFORMED_TOOL_CALL, "malformed_tool_use");
    }

    @Override
    public String plain(Reply reply) {
        List<String> blocks = new ArrayList<>();
        if (!reply.thoughts().isEmpty()) {
            blocks.add("{\"reasoningContent\":{\"reasoningText\":{\"text\":" + quoted(reply.reasoning())
                    + ",\"signature\":\"c2ln\"}}}");
        }
        if (!reply.pieces().isEmpty()) {
            blocks.add("{\"text\":" + quoted(reply.text()) + "}");
        }
        for (ToolCall call : reply.calls()) {
            blocks.add("{\"toolUse\":{" + identity(call) + ",\"input\":" + call.arguments() + "}}");
        }
        return "{\"metrics\":{\"latencyMs\":99},\"output\":{\"message\":{\"content\":[" + String.join(",", blocks)
                + "],\"role\":\"assistant\"}},\"stopReason\":\""
                + finishReasons().get(reply.finish()) + "\",\"usage\":" + usage(reply.usage()) + "}";
    }

    @Override
    public int spareEvents() {
        return 1;
    }

    @Override
    public List<WireEvent> stream(Reply reply) {
        List<WireEvent> events = new ArrayList<>();
        events.add(new WireEvent("messageStart", "{\"role\":\"assistant\",\"p\":\"abc\"}"));
        int index = 0;
        for (String piece : reply.thoughts()) {
            events.add(delta(index, "{\"reasoningContent\":{\"text\":" + quoted(piece) + "}}"));
        }
        if (!reply.thoughts().isEmpty()) {
            events.add(delta(index, "{\"reasoningContent\":{\"signature\":\"c2ln\"}}"));
            events.add(stop(index++));
        }
        for (String piece : reply.pieces()) {
            events.add(delta(index, "{\"text\":" + quoted(piece) + "}"));
        }
        if (!reply.pieces().isEmpty()) {
            events.add(stop(index++));
        }
        for (ToolCall call : reply.calls()) {
            int middle = call.arguments().length() / 2;
            events.add(new WireEvent(
                    "contentBlockStart",
                    "{\"contentBlockIndex\":" + index + ",\"start\":{\"toolUse\":{" + identity(call) + "}}}"));
            events.add(input(index, call.arguments().substring(0, middle)));
            events.add(input(index, call.arguments().substring(middle)));
            events.add(stop(index++));
        }
        events.add(new WireEvent(
                "messageStop",
                "{\"stopReason\":\"" + finishReasons().get(reply.finish())
                        + "\",\"additionalModelResponseFields\":null}"));
        events.add(new WireEvent(
                "metadata", "{\"metrics\":{\"latencyMs\":99},\"p\":\"abc\",\"usage\":" + usage(reply.usage()) + "}"));
        return events;
    }

    private static WireEvent input(int index, String piece) {
        return delta(index, "{\"toolUse\":{\"input\":" + quoted(piece) + "}}");
    }

    private static WireEvent delta(int index, String delta) {
        return new WireEvent(
                "contentBlockDelta", "{\"contentBlockIndex\":" + index + ",\"delta\":" + delta + ",\"p\":\"ab\"}");
    }

    private static WireEvent stop(int index) {
        return new WireEvent("contentBlockStop", "{\"contentBlockIndex\":" + index + "}");
    }

    private static String identity(ToolCall call) {
        return "\"toolUseId\":\"" + call.id() + "\",\"name\":\"" + call.name() + "\"";
    }

    private static String usage(Usage usage) {
        return "{\"inputTokens\":" + usage.inputTokens() + ",\"outputTokens\":" + usage.outputTokens()
                + ",\"totalTokens\":" + usage.totalTokens() + ",\"cacheReadInputTokens\":0,\"serverToolUsage\":{}}";
    }

    private static String message(String text) {
        return "{\"message\":" + quoted(text) + "}";
    }

    private static ErrorForm error(int status, String type, String text, ErrorCategory category) {
        return ErrorForm.of(status, message(text), category).header("x-amzn-errortype: " + type + INTERNAL);
    }

    @Override
    public List<ErrorForm> errors() {
        String tooLong = "The model returned the following errors: Input Tokens Exceeded: Number of input tokens"
                + " exceeds maximum length.";
        return List.of(
                error(400, "ValidationException", "1 validation error detected", INVALID_REQUEST),
                error(400, "ValidationException", tooLong, CONTEXT_LENGTH),
                error(400, "ValidationException", "The provided model identifier is invalid.", NOT_FOUND),
                error(400, "ServiceQuotaExceededException", "Your account has reached a quota", QUOTA_EXHAUSTED),
                error(403, "AccessDeniedException", "You don't have access to the model", PERMISSION),
                error(403, "ExpiredTokenException", "The security token is expired", AUTHENTICATION),
                error(404, "ResourceNotFoundException", "no", NOT_FOUND),
                error(408, "ModelTimeoutException", "slow", TIMEOUT),
                error(424, "ModelErrorException", "no", SERVER_ERROR),
                error(429, "ThrottlingException", "Too many requests, please wait.", RATE_LIMITED),
                error(429, "ThrottlingException", "Too many tokens, please wait before trying again.", RATE_LIMITED),
                error(429, "ModelNotReadyException", "The model is not ready", OVERLOADED),
                error(500, "InternalServerException", "no", SERVER_ERROR),
                error(503, "ServiceUnavailableException", "no", OVERLOADED),
                ErrorForm.of(
                        429,
                        "{\"__type\":\"com.amazon.coral.availability#ThrottlingException\",\"message\":\"slow\"}",
                        RATE_LIMITED));
    }

    @Override
    public List<ErrorForm> errorsInsideSuccess() {
        return List.of(
                ErrorForm.of(
                                200,
                                "{\"__type\":\"com.amazon#ServiceUnavailableException\",\"message\":\"no\"}",
                                OVERLOADED)
                        .meaning(503),
                ErrorForm.of(200, "{\"error\":{\"code\":502,\"message\":\"upstream\"}}", SERVER_ERROR)
                        .meaning(502),
                ErrorForm.of(200, "{\"Output\":{},\"Version\":\"1.0\"}", MALFORMED_RESPONSE),
                ErrorForm.of(200, "<html>hello</html>", MALFORMED_RESPONSE));
    }

    @Override
    public List<StreamError> errorsInStream() {
        return List.of(
                StreamError.passing(
                        new WireEvent(":exception:throttlingException", message("Too many tokens, please wait.")),
                        RATE_LIMITED),
                StreamError.passing(
                        new WireEvent(
                                ":exception:modelStreamErrorException",
                                "{\"message\":\"no\",\"originalStatusCode\":500,\"originalMessage\":\"gone\"}"),
                        SERVER_ERROR),
                StreamError.passing(new WireEvent(":exception:internalServerException", message("no")), SERVER_ERROR),
                StreamError.passing(new WireEvent(":exception:serviceUnavailableException", message("no")), OVERLOADED),
                StreamError.passing(new WireEvent(":error:InternalServerException", "no"), SERVER_ERROR),
                StreamError.lasting(new WireEvent(":exception:validationException", message("no")), INVALID_REQUEST));
    }

    @Override
    public ErrorForm wrongKey(String words) {
        return error(403, "UnrecognizedClientException", words, AUTHENTICATION);
    }

    @Override
    public RequestReader requests() {
        return new BedrockRequests();
    }
}
