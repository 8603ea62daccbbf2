package io.aicore.testkit;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.Protocol;
import io.aicore.llm.WireProvider;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.testserver.RecordedCall;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@link ModestCodec} says on the wire. */
final class ModestFixture implements ProviderFixture, EmbeddingFixture, RequestReader {

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.EMBEDDINGS);
    }

    @Override
    public LlmConfigBuilder config(URI server) {
        return LlmConfig.builder()
                .provider("modest")
                .apiKey(key())
                .model(model())
                .baseUrl(server);
    }

    @Override
    public LlmProvider provider(LlmConfig config) {
        ModestCodec codec = new ModestCodec(config.apiKey().reveal(), new ErrorClassifier("modest"));
        return WireProvider.create(
                config, "modest", config.baseUrl(), Protocol.NONE.chat(codec).embeddings(codec.embeddings()));
    }

    @Override
    public String model() {
        return "model-1";
    }

    @Override
    public String path(boolean stream) {
        return "/ask";
    }

    @Override
    public String path() {
        return "/embed";
    }

    @Override
    public String plain(Reply reply) {
        return "{\"text\":" + JsonFields.of(reply.text()).raw() + ",\"reason\":\""
                + finishReasons().get(reply.finish()) + "\",\"in\":"
                + reply.usage().inputTokens() + ",\"out\":"
                + reply.usage().outputTokens() + "}";
    }

    @Override
    public List<WireEvent> stream(Reply reply) {
        throw new AssertionError("this protocol has no streams");
    }

    @Override
    public Map<FinishReason, String> finishReasons() {
        return ModestCodec.REASONS.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
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
    public Lacking lacking(Capability capability) {
        return capability == Capability.REASONING ? Lacking.LEFT_OUT : Lacking.REFUSED;
    }

    @Override
    public List<ErrorForm> errors() {
        return List.of(
                ErrorForm.of(503, "{\"error\":\"overloaded\"}", ErrorCategory.OVERLOADED),
                ErrorForm.of(404, "{\"error\":\"no such model\"}", ErrorCategory.NOT_FOUND));
    }

    @Override
    public List<ErrorForm> errorsInsideSuccess() {
        return List.of(ErrorForm.of(200, "{\"error\":{\"code\":503,\"message\":\"later\"}}", ErrorCategory.OVERLOADED)
                .meaning(503));
    }

    @Override
    public List<StreamError> errorsInStream() {
        return List.of();
    }

    @Override
    public ErrorForm wrongKey(String words) {
        return ErrorForm.of(401, "{\"error\":{\"message\":\"" + words + "\"}}", ErrorCategory.AUTHENTICATION);
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
        return call.header("authorization");
    }

    @Override
    public String prompt(JsonFields body) {
        return body.string("prompt");
    }

    @Override
    public String system(JsonFields body) {
        return body.string("system");
    }

    @Override
    public EmbeddingFixture embeddings() {
        return this;
    }

    @Override
    public String answer(List<Embedding> vectors, long tokens) {
        return vectors.stream()
                .map(vector -> Arrays.toString(vector.values()))
                .collect(Collectors.joining(",", "{\"vectors\":[", "]}"));
    }

    @Override
    public List<String> inputs(JsonFields body) {
        return body.at("texts").elements().stream().map(JsonFields::text).toList();
    }

    @Override
    public int maxInputs() {
        return 2;
    }

    @Override
    public boolean usage() {
        return false;
    }
}
