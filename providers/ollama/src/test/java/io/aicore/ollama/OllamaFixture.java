package io.aicore.ollama;

import static io.aicore.llm.error.ErrorCategory.AUTHENTICATION;
import static io.aicore.llm.error.ErrorCategory.BILLING;
import static io.aicore.llm.error.ErrorCategory.CONTEXT_LENGTH;
import static io.aicore.llm.error.ErrorCategory.INVALID_REQUEST;
import static io.aicore.llm.error.ErrorCategory.MALFORMED_RESPONSE;
import static io.aicore.llm.error.ErrorCategory.NOT_FOUND;
import static io.aicore.llm.error.ErrorCategory.OVERLOADED;
import static io.aicore.llm.error.ErrorCategory.RATE_LIMITED;
import static io.aicore.llm.error.ErrorCategory.SERVER_ERROR;
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
import java.util.stream.Collectors;

/** Ollama's own API as the kit wants to know it. */
final class OllamaFixture implements ProviderFixture {

    private static final String BUSY = "server busy, please try again.  maximum pending requests exceeded";
    private static final String CRASHED = "an error was encountered while running the model";

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.FILES, Capability.RETRY_AFTER));
    }

    @Override
    public LlmConfigBuilder config(URI server) {
        return LlmConfig.builder()
                .provider("ollama")
                .apiKey(key())
                .model(model())
                .baseUrl(server.toString());
    }

    @Override
    public String path(boolean stream) {
        return "/api/chat";
    }

    @Override
    public String id() {
        return "";
    }

    /** Thoughts are not counted apart. */
    @Override
    public Usage usage(Reply reply) {
        return Usage.of(reply.usage().inputTokens(), reply.usage().outputTokens());
    }

    @Override
    public EmbeddingFixture embeddings() {
        return new OllamaEmbeddingFixture();
    }

    @Override
    public boolean callsHaveIds() {
        return false;
    }

    @Override
    public String reference(ToolCall call) {
        return call.name();
    }

    @Override
    public Set<String> opaqueMembers() {
        return Set.of("arguments");
    }

    @Override
    public Frames frames() {
        return Frames.jsonLines("application/x-ndjson");
    }

    @Override
    public WireEvent unknownEvent() {
        return new WireEvent(null, "{\"status\":\"x_unknown\",\"x_unknown\":{\"deep\":[1]}}");
    }

    @Override
    public Map<FinishReason, String> finishReasons() {
        return Map.of(
                FinishReason.STOP, "stop",
                FinishReason.LENGTH, "length",
                FinishReason.TOOL_CALLS, "stop");
    }

    @Override
    public String plain(Reply reply) {
        List<String> message = new ArrayList<>(List.of("\"content\":" + quoted(reply.text())));
        if (!reply.thoughts().isEmpty()) {
            message.add("\"thinking\":" + quoted(reply.reasoning()));
        }
        if (!reply.calls().isEmpty()) {
            message.add(reply.calls().stream()
                    .map(OllamaFixture::call)
                    .collect(Collectors.joining(",", "\"tool_calls\":[", "]")));
        }
        return line(String.join(",", message), end(reply));
    }

    @Override
    public List<WireEvent> stream(Reply reply) {
        List<WireEvent> events = new ArrayList<>();
        reply.thoughts().forEach(piece -> events.add(begun("\"content\":\"\",\"thinking\":" + quoted(piece))));
        reply.pieces().forEach(piece -> events.add(begun("\"content\":" + quoted(piece))));
        reply.calls().forEach(call -> events.add(begun("\"content\":\"\",\"tool_calls\":[" + call(call) + "]")));
        events.add(new WireEvent(null, line("\"content\":\"\"", end(reply))));
        return events;
    }

    private static WireEvent begun(String message) {
        return new WireEvent(null, line(message, "\"done\":false"));
    }

    private static String line(String message, String end) {
        return "{\"model\":\"" + Reply.MODEL + "\",\"created_at\":\"2026-03-01T12:00:00.123456789Z\",\"message\":"
                + "{\"role\":\"assistant\"," + message + "}," + end + "}";
    }

    private String end(Reply reply) {
        Usage usage = reply.usage();
        return "\"done\":true,\"done_reason\":\"" + finishReasons().get(reply.finish())
                + "\",\"total_duration\":99,\"prompt_eval_count\":" + usage.inputTokens() + ",\"eval_count\":"
                + usage.outputTokens();
    }

    private static String call(ToolCall call) {
        return "{\"function\":{\"name\":\"" + call.name() + "\",\"arguments\":" + call.arguments() + "}}";
    }

    private static String error(String text) {
        return "{\"error\":" + quoted(text) + "}";
    }

    @Override
    public List<ErrorForm> errors() {
        return List.of(
                ErrorForm.of(400, error("invalid options: no_such_option"), INVALID_REQUEST),
                ErrorForm.of(400, error("the input length exceeds the context length"), CONTEXT_LENGTH),
                ErrorForm.of(400, error("\"llama3.2\" does not support thinking"), INVALID_REQUEST),
                ErrorForm.of(401, error("unauthorized"), AUTHENTICATION),
                ErrorForm.of(403, error("this model requires a subscription"), BILLING),
                ErrorForm.of(404, error("model 'model-1' not found"), NOT_FOUND),
                ErrorForm.of(429, error("you have reached your hourly usage limit"), RATE_LIMITED),
                ErrorForm.of(429, error("too many concurrent requests"), RATE_LIMITED),
                ErrorForm.of(500, error("llama runner process has terminated: exit status 2"), SERVER_ERROR),
                ErrorForm.of(502, error("upstream gone"), SERVER_ERROR),
                ErrorForm.of(503, error(BUSY), OVERLOADED));
    }

    @Override
    public List<ErrorForm> errorsInsideSuccess() {
        return List.of(
                ErrorForm.of(200, error(CRASHED), SERVER_ERROR),
                ErrorForm.of(200, error("model 'model-1' not found"), NOT_FOUND),
                ErrorForm.of(200, "{\"message\":null}", MALFORMED_RESPONSE),
                ErrorForm.of(200, "<html>hello</html>", MALFORMED_RESPONSE));
    }

    @Override
    public List<StreamError> errorsInStream() {
        return List.of(
                StreamError.passing(new WireEvent(null, error(CRASHED)), SERVER_ERROR),
                StreamError.passing(new WireEvent(null, error(BUSY)), OVERLOADED),
                StreamError.lasting(new WireEvent(null, error("model 'model-1' not found")), NOT_FOUND));
    }

    @Override
    public ErrorForm wrongKey(String words) {
        return ErrorForm.of(401, error("unauthorized: " + words), AUTHENTICATION);
    }

    @Override
    public RequestReader requests() {
        return new OllamaRequests();
    }
}
