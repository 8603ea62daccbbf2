package io.aicore.examples.protocol;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.testkit.Capability;
import io.aicore.testkit.ErrorForm;
import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.Reply;
import io.aicore.testkit.RequestReader;
import io.aicore.testkit.StreamError;
import io.aicore.testserver.RecordedCall;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Acme's protocol in strings of its own: what the server would write, and how its requests are read. */
final class AcmeFixture implements ProviderFixture, RequestReader {

    private static final String BUSY = "{\"error\":{\"code\":\"overloaded\",\"message\":\"later\"}}";
    private static final String WRONG_KEY = "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"no\"}}";

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.STREAMING, Capability.USAGE_IN_STREAMS);
    }

    @Override
    public LlmConfigBuilder config(URI server) {
        return LlmConfig.builder().provider("acme").apiKey(key()).model(model()).baseUrl(server);
    }

    @Override
    public String path(boolean stream) {
        return "/ask";
    }

    @Override
    public String plain(Reply reply) {
        return "{\"text\":" + quoted(reply.text()) + "," + end(reply) + "}";
    }

    @Override
    public List<WireEvent> stream(Reply reply) {
        List<WireEvent> events = new ArrayList<>();
        reply.pieces().forEach(piece -> events.add(new WireEvent(null, "{\"piece\":" + quoted(piece) + "}")));
        events.add(new WireEvent(null, "{" + end(reply) + "}"));
        return events;
    }

    private String end(Reply reply) {
        return "\"reason\":\"" + finishReasons().get(reply.finish()) + "\",\"in\":"
                + reply.usage().inputTokens() + ",\"out\":" + reply.usage().outputTokens();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public Map<FinishReason, String> finishReasons() {
        return Map.of(FinishReason.STOP, "done", FinishReason.LENGTH, "limit");
    }

    @Override
    public String id() {
        return "";
    }

    @Override
    public String servedBy() {
        return "";
    }

    @Override
    public List<ErrorForm> errors() {
        return List.of(
                ErrorForm.of(401, WRONG_KEY, ErrorCategory.AUTHENTICATION),
                ErrorForm.of(503, BUSY, ErrorCategory.OVERLOADED));
    }

    @Override
    public List<ErrorForm> errorsInsideSuccess() {
        return List.of(ErrorForm.of(200, BUSY, ErrorCategory.OVERLOADED));
    }

    @Override
    public List<StreamError> errorsInStream() {
        return List.of(
                StreamError.passing(new WireEvent(null, BUSY), ErrorCategory.OVERLOADED),
                StreamError.lasting(new WireEvent("error", WRONG_KEY), ErrorCategory.AUTHENTICATION));
    }

    @Override
    public ErrorForm wrongKey(String words) {
        return ErrorForm.of(401, "{\"error\":{\"message\":" + quoted(words) + "}}", ErrorCategory.AUTHENTICATION);
    }

    @Override
    public boolean thinkBlocks() {
        return false;
    }

    @Override
    public RequestReader requests() {
        return this;
    }

    @Override
    public String key(RecordedCall call) {
        return String.valueOf(call.header("authorization")).replaceFirst("Bearer ", "");
    }

    @Override
    public String prompt(JsonFields body) {
        return said(body, "user");
    }

    @Override
    public String system(JsonFields body) {
        return said(body, "system");
    }

    private static String said(JsonFields body, String who) {
        String words = "";
        for (JsonFields turn : body.at("turns").elements()) {
            words = who.equals(turn.string("who")) ? turn.text("says") : words;
        }
        return words;
    }
}
