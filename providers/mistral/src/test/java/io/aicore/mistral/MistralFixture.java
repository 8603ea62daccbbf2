package io.aicore.mistral;

import static io.aicore.llm.error.ErrorCategory.AUTHENTICATION;
import static io.aicore.llm.error.ErrorCategory.BILLING;
import static io.aicore.llm.error.ErrorCategory.CONTEXT_LENGTH;
import static io.aicore.llm.error.ErrorCategory.INVALID_REQUEST;
import static io.aicore.llm.error.ErrorCategory.MALFORMED_RESPONSE;
import static io.aicore.llm.error.ErrorCategory.NOT_FOUND;
import static io.aicore.llm.error.ErrorCategory.OVERLOADED;
import static io.aicore.llm.error.ErrorCategory.RATE_LIMITED;
import static io.aicore.llm.error.ErrorCategory.SERVER_ERROR;
import static io.aicore.llm.error.ErrorCategory.TIMEOUT;
import static io.aicore.testkit.ReplyWriter.quoted;

import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.testkit.Capability;
import io.aicore.testkit.ChatCompletionsFixture;
import io.aicore.testkit.ChatCompletionsRequests;
import io.aicore.testkit.EmbeddingFixture;
import io.aicore.testkit.ErrorForm;
import io.aicore.testkit.Reply;
import io.aicore.testkit.RequestReader;
import io.aicore.testkit.StreamError;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Mistral's protocol as the kit wants to know it. */
final class MistralFixture extends ChatCompletionsFixture {

    private static final String CAPACITY =
            failure("invalid_request_error", "", "Service tier capacity exceeded for this model.");
    private static final String LIMITED = failure("rate_limited", "1300", "Rate limit exceeded");

    MistralFixture() {
        super("mistral");
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.RETRY_AFTER));
    }

    @Override
    public Map<FinishReason, String> finishReasons() {
        return Map.of(
                FinishReason.STOP, "stop",
                FinishReason.LENGTH, "length",
                FinishReason.CONTEXT_WINDOW, "model_length",
                FinishReason.TOOL_CALLS, "tool_calls");
    }

    /** Its ids have a form of their own, which those of the kit do not have: they are compared where results refer to them. */
    @Override
    public boolean callsHaveIds() {
        return false;
    }

    private static String id(ToolCall call) {
        return call.id().replace("-", "") + "AbCd";
    }

    @Override
    public String plain(Reply reply) {
        String content = quoted(reply.text());
        if (!reply.thoughts().isEmpty()) {
            String text = reply.pieces().isEmpty() ? "" : ",{\"type\":\"text\",\"text\":" + content + "}";
            content = "[" + thought(reply.reasoning(), true) + text + "]";
        }
        return "{\"id\":\"" + Reply.ID + "\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"" + Reply.MODEL
                + "\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + content
                + ",\"tool_calls\":" + (reply.calls().isEmpty() ? "null" : calls(reply.calls()))
                + "},\"finish_reason\":\"" + finishReasons().get(reply.finish()) + "\"}],\"usage\":"
                + usage(reply.usage()) + "}";
    }

    @Override
    public int spareEvents() {
        return 1;
    }

    @Override
    public List<WireEvent> stream(Reply reply) {
        List<WireEvent> events = new ArrayList<>();
        events.add(delta("\"role\":\"assistant\",\"content\":\"\""));
        int last = reply.thoughts().size() - 1;
        for (int i = 0; i <= last; i++) {
            events.add(delta("\"content\":[" + thought(reply.thoughts().get(i), i == last) + "]"));
        }
        reply.pieces().forEach(piece -> events.add(delta("\"content\":" + quoted(piece))));
        // Calls come whole, all of them with the reason for the end.
        String calls = reply.calls().isEmpty() ? "" : ",\"tool_calls\":" + calls(reply.calls());
        events.add(chunk(
                "\"content\":\"\"" + calls,
                "\"" + finishReasons().get(reply.finish()) + "\"",
                ",\"usage\":" + usage(reply.usage())));
        events.add(new WireEvent(null, "[DONE]"));
        return events;
    }

    private static String thought(String text, boolean closed) {
        return "{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":" + quoted(text) + "}]"
                + (closed ? ",\"closed\":true}" : "}");
    }

    private static String calls(List<ToolCall> calls) {
        List<String> written = new ArrayList<>();
        for (ToolCall call : calls) {
            written.add("{\"id\":\"" + id(call) + "\",\"type\":\"function\",\"function\":{\"name\":\"" + call.name()
                    + "\",\"arguments\":" + quoted(call.arguments()) + "},\"index\":" + written.size() + "}");
        }
        return written.stream().collect(Collectors.joining(",", "[", "]"));
    }

    private static WireEvent delta(String members) {
        return chunk(members, "null", "");
    }

    private static WireEvent chunk(String delta, String reason, String more) {
        return new WireEvent(
                null,
                "{\"id\":\"" + Reply.ID + "\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\""
                        + Reply.MODEL + "\",\"choices\":[{\"index\":0,\"delta\":{" + delta + "},\"finish_reason\":"
                        + reason + "}]" + more + ",\"p\":\"abc\"}");
    }

    private static String usage(Usage usage) {
        return "{\"prompt_tokens\":" + usage.inputTokens() + ",\"total_tokens\":" + usage.totalTokens()
                + ",\"completion_tokens\":" + usage.outputTokens()
                + ",\"completion_tokens_details\":{\"reasoning_tokens\":" + usage.reasoningTokens() + "}}";
    }

    private static String failure(String type, String code, String message) {
        return "{\"object\":\"error\",\"message\":" + quoted(message) + ",\"type\":\"" + type
                + "\",\"param\":null,\"code\":" + (code.isEmpty() ? "null" : quoted(code)) + "}";
    }

    @Override
    public List<ErrorForm> errors() {
        String missing = "[{\"type\":\"missing\",\"loc\":[\"body\",\"messages\"],\"msg\":\"Field required\","
                + "\"input\":{\"model\":\"rate limit\"}}]";
        String extra = "[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"seed\"],"
                + "\"msg\":\"Extra inputs are not permitted\",\"input\":7}]";
        return List.of(
                ErrorForm.of(
                        400,
                        failure(
                                "invalid_request_error",
                                "3051",
                                "Prompt is too large for model with 32768 maximum context length"),
                        CONTEXT_LENGTH),
                ErrorForm.of(401, "{\"detail\":\"Invalid API Key\"}", AUTHENTICATION),
                ErrorForm.of(402, "{\"message\":\"no\"}", BILLING),
                ErrorForm.of(404, failure("invalid_model", "", "no Route matched"), NOT_FOUND),
                ErrorForm.of(422, "{\"detail\":" + missing + "}", INVALID_REQUEST),
                ErrorForm.of(
                        422,
                        "{\"object\":\"error\",\"message\":{\"detail\":" + extra
                                + "},\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}",
                        INVALID_REQUEST),
                ErrorForm.of(429, LIMITED, RATE_LIMITED),
                ErrorForm.of(429, "{\"message\":\"Requests rate limit exceeded\"}", RATE_LIMITED),
                ErrorForm.of(429, CAPACITY, OVERLOADED),
                ErrorForm.of(503, CAPACITY, OVERLOADED),
                ErrorForm.of(500, failure("internal_server_error", "1000", "no"), SERVER_ERROR),
                ErrorForm.of(502, "<html>bad gateway</html>", SERVER_ERROR),
                ErrorForm.of(504, "", TIMEOUT));
    }

    @Override
    public List<ErrorForm> errorsInsideSuccess() {
        return List.of(
                ErrorForm.of(200, CAPACITY, OVERLOADED),
                ErrorForm.of(200, LIMITED, RATE_LIMITED),
                ErrorForm.of(200, "{\"message\":\"Internal error\"}", SERVER_ERROR),
                ErrorForm.of(200, "{\"error\":{\"message\":\"no\",\"code\":\"rate_limit_exceeded\"}}", RATE_LIMITED),
                ErrorForm.of(200, "{\"detail\":\"Invalid API Key\"}", AUTHENTICATION),
                ErrorForm.of(200, "{\"choices\":null}", MALFORMED_RESPONSE),
                ErrorForm.of(200, "<html>hello</html>", MALFORMED_RESPONSE));
    }

    @Override
    public List<StreamError> errorsInStream() {
        return List.of(
                StreamError.passing(new WireEvent(null, CAPACITY), OVERLOADED),
                StreamError.passing(new WireEvent("error", LIMITED), RATE_LIMITED),
                StreamError.passing(chunk("", "\"error\"", ""), SERVER_ERROR),
                StreamError.lasting(new WireEvent(null, "{\"detail\":\"Invalid API Key\"}"), AUTHENTICATION));
    }

    @Override
    public ErrorForm wrongKey(String words) {
        return ErrorForm.of(401, "{\"detail\":" + quoted(words) + "}", AUTHENTICATION);
    }

    @Override
    public boolean thinkBlocks() {
        return true;
    }

    @Override
    public RequestReader requests() {
        return new ChatCompletionsRequests() {
            @Override
            public String file(JsonFields body) {
                return RequestReader.lastMessage(body, "user")
                        .at("content")
                        .at(1)
                        .string("document_url");
            }
        };
    }

    @Override
    public EmbeddingFixture embeddings() {
        return new MistralVectors();
    }
}
