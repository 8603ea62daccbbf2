package io.aicore.gemini;

import static io.aicore.gemini.Fixtures.json;
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
import static io.aicore.llm.error.ErrorCategory.UNSUPPORTED_REGION;
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

/** The Gemini API as the kit wants to know it. */
class GeminiFixture implements ProviderFixture {

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public LlmConfigBuilder config(URI server) {
        return LlmConfig.builder()
                .provider("gemini")
                .apiKey(key())
                .model(model())
                .baseUrl(server + "/v1beta");
    }

    @Override
    public String path(boolean stream) {
        return "/v1beta/models/model-1:" + method(stream);
    }

    static String method(boolean stream) {
        return stream ? "streamGenerateContent?alt=sse" : "generateContent";
    }

    @Override
    public Map<FinishReason, String> finishReasons() {
        return Map.of(
                FinishReason.STOP, "STOP",
                FinishReason.LENGTH, "MAX_TOKENS",
                FinishReason.CONTENT_FILTER, "SAFETY",
                FinishReason.TOOL_CALLS, "STOP",
                FinishReason.MALFORMED_TOOL_CALL, "MALFORMED_FUNCTION_CALL");
    }

    @Override
    public Set<String> opaqueMembers() {
        return Set.of("args");
    }

    @Override
    public String plain(Reply reply) {
        List<String> parts = new ArrayList<>();
        if (!reply.thoughts().isEmpty()) {
            parts.add(thought(reply.reasoning()));
        }
        if (!reply.pieces().isEmpty()) {
            parts.add(text(reply.text()));
        }
        reply.calls().forEach(call -> parts.add(call(call)));
        return answer(String.join(",", parts), finishReasons().get(reply.finish()), reply.usage());
    }

    @Override
    public List<WireEvent> stream(Reply reply) {
        List<WireEvent> events = new ArrayList<>();
        reply.thoughts().forEach(piece -> events.add(event(thought(piece))));
        reply.pieces().forEach(piece -> events.add(event(text(piece))));
        reply.calls().forEach(call -> events.add(event(call(call))));
        events.add(new WireEvent(null, answer(text(""), finishReasons().get(reply.finish()), reply.usage())));
        return events;
    }

    private WireEvent event(String part) {
        return new WireEvent(
                null,
                "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[" + part + "]},\"index\":0}],"
                        + "\"usageMetadata\":{\"promptTokenCount\":9,\"totalTokenCount\":9}," + tail());
    }

    private String answer(String parts, String reason, Usage usage) {
        return "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[" + parts + "]},\"finishReason\":\""
                + reason + "\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":" + usage.inputTokens()
                + ",\"candidatesTokenCount\":" + (usage.outputTokens() - usage.reasoningTokens())
                + ",\"thoughtsTokenCount\":" + usage.reasoningTokens() + "}," + tail();
    }

    private static String tail() {
        return "\"modelVersion\":\"" + Reply.MODEL + "\",\"responseId\":\"" + Reply.ID + "\"}";
    }

    private static String thought(String text) {
        return "{\"text\":" + quoted(text) + ",\"thought\":true}";
    }

    private static String text(String text) {
        return "{\"text\":" + quoted(text) + "}";
    }

    private String call(ToolCall call) {
        String id = callsHaveIds() ? "\"id\":\"" + call.id() + "\"," : "";
        return "{\"functionCall\":{" + id + "\"name\":\"" + call.name() + "\",\"args\":" + call.arguments()
                + "},\"thoughtSignature\":\"c2ln\"}";
    }

    private static String error(int code, String status, String message, String... details) {
        return "{\"error\":{\"code\":" + code + ",\"message\":" + quoted(message) + ",\"status\":\"" + status
                + "\",\"details\":[" + json(String.join(",", details)) + "]}}";
    }

    private static String retryIn(String delay) {
        return "{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'" + delay + "'}";
    }

    private static String quota(String id) {
        return "{'@type':'type.googleapis.com/google.rpc.QuotaFailure','violations':[{'quotaMetric':'g/requests',"
                + "'quotaId':'" + id + "','quotaValue':'20'}]}";
    }

    private static final String WRONG_KEY =
            "{'@type':'type.googleapis.com/google.rpc.ErrorInfo','reason':'API_KEY_INVALID','domain':'googleapis.com'}";

    private static final String OVERLOAD = error(503, "UNAVAILABLE", "The model is overloaded.");

    @Override
    public List<ErrorForm> errors() {
        String exhausted = "RESOURCE_EXHAUSTED";
        return List.of(
                ErrorForm.of(400, error(400, "INVALID_ARGUMENT", "bad field"), INVALID_REQUEST),
                ErrorForm.of(400, error(400, "INVALID_ARGUMENT", "API key not valid.", WRONG_KEY), AUTHENTICATION),
                ErrorForm.of(
                        400,
                        error(
                                400,
                                "INVALID_ARGUMENT",
                                "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."),
                        CONTEXT_LENGTH),
                ErrorForm.of(
                        400,
                        error(400, "FAILED_PRECONDITION", "User location is not supported for the API use."),
                        UNSUPPORTED_REGION),
                ErrorForm.of(401, error(401, "UNAUTHENTICATED", "Expected OAuth 2 access token"), AUTHENTICATION),
                ErrorForm.of(402, error(402, "FAILED_PRECONDITION", "Prepaid credit used up"), BILLING),
                ErrorForm.of(403, error(403, "PERMISSION_DENIED", "no access"), PERMISSION),
                ErrorForm.of(404, error(404, "NOT_FOUND", "models/nope is not found"), NOT_FOUND),
                ErrorForm.of(
                                429,
                                error(
                                        429,
                                        exhausted,
                                        "You exceeded your current quota.",
                                        quota("GenerateRequestsPerMinutePerProjectPerModel"),
                                        retryIn("34.4s")),
                                RATE_LIMITED)
                        .delay(Duration.ofMillis(34_400)),
                ErrorForm.of(
                                429,
                                error(
                                        429,
                                        exhausted,
                                        "You exceeded your current quota.",
                                        quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier"),
                                        retryIn("35645s")),
                                QUOTA_EXHAUSTED)
                        .delay(Duration.ofSeconds(35_645)),
                ErrorForm.of(
                        429,
                        error(429, exhausted, "Quota exceeded for metric: g/requests, limit: 0, model: m"),
                        QUOTA_EXHAUSTED),
                ErrorForm.of(
                        429, error(429, exhausted, "Resource has been exhausted (e.g. check quota)."), RATE_LIMITED),
                ErrorForm.of(429, "[" + error(429, exhausted, "Please retry in 1.5s.") + "]", RATE_LIMITED)
                        .delay(Duration.ofMillis(1_500)),
                ErrorForm.of(429, error(429, exhausted, "x", retryIn("90s")), RATE_LIMITED)
                        .delay(Duration.ofSeconds(90)),
                ErrorForm.of(500, error(500, "INTERNAL", "An internal error has occurred."), SERVER_ERROR),
                ErrorForm.of(502, "<html><h1>502</h1></html>", SERVER_ERROR),
                ErrorForm.of(503, OVERLOAD, OVERLOADED),
                ErrorForm.of(503, OVERLOAD, OVERLOADED).header("retry-after: 5").delay(Duration.ofSeconds(5)),
                ErrorForm.of(503, "", OVERLOADED),
                ErrorForm.of(504, error(504, "DEADLINE_EXCEEDED", "Deadline expired."), TIMEOUT));
    }

    @Override
    public List<ErrorForm> errorsInsideSuccess() {
        return List.of(
                ErrorForm.of(200, OVERLOAD, OVERLOADED).meaning(503),
                ErrorForm.of(200, "[" + OVERLOAD + "]", OVERLOADED).meaning(503),
                ErrorForm.of(200, error(500, "INTERNAL", "no"), SERVER_ERROR).meaning(500),
                ErrorForm.of(200, json("{'promptFeedback':{'blockReason':'SAFETY'}}"), CONTENT_FILTERED),
                ErrorForm.of(200, "{}", MALFORMED_RESPONSE),
                ErrorForm.of(200, "<html>hello</html>", MALFORMED_RESPONSE));
    }

    @Override
    public List<StreamError> errorsInStream() {
        return List.of(
                StreamError.passing(new WireEvent(null, OVERLOAD), OVERLOADED),
                StreamError.passing(new WireEvent("error", "upstream is overloaded"), OVERLOADED),
                StreamError.passing(
                        new WireEvent(null, error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted")),
                        RATE_LIMITED),
                StreamError.lasting(
                        new WireEvent(null, json("{'promptFeedback':{'blockReason':'OTHER'}}")), CONTENT_FILTERED));
    }

    @Override
    public ErrorForm wrongKey(String words) {
        return ErrorForm.of(400, error(400, "INVALID_ARGUMENT", words, WRONG_KEY), AUTHENTICATION);
    }

    @Override
    public EmbeddingFixture embeddings() {
        return new GeminiEmbeddingFixture();
    }

    @Override
    public boolean thinkBlocks() {
        return false;
    }

    @Override
    public RequestReader requests() {
        return new GeminiRequests(callsHaveIds());
    }
}
