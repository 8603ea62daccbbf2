package io.aicore.llm.chat;

import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link CompletionRequest}. Not for several threads at once; {@link #build()} may be called again. A wrong
 * value is an {@link IllegalArgumentException} that names it, at the latest at {@code build()}.
 */
public final class CompletionRequestBuilder {

    private @Nullable String model;
    private @Nullable Message system;
    private final List<Message> messages = new ArrayList<>();
    private Sampling sampling = Sampling.DEFAULT;
    private ToolUse tools = ToolUse.NONE;
    private @Nullable ResponseFormat responseFormat;
    private @Nullable ReasoningEffort reasoningEffort;
    private CallOverrides overrides = CallOverrides.NONE;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Object> extra = new LinkedHashMap<>();

    CompletionRequestBuilder() {}

    CompletionRequestBuilder(CompletionRequest request) {
        model = request.model();
        messages.addAll(request.messages());
        sampling = request.sampling();
        tools = request.tools();
        responseFormat = request.responseFormat();
        reasoningEffort = request.reasoningEffort();
        overrides = request.overrides();
        metadata.putAll(request.metadata());
        extra.putAll(request.extra());
    }

    /** The model, by the provider's name for it. Default: the configured one. */
    public CompletionRequestBuilder model(@Nullable String model) {
        this.model = model;
        return this;
    }

    /** The system prompt: put before all other messages; a second call replaces the first. */
    public CompletionRequestBuilder system(String text) {
        this.system = Message.system(text);
        return this;
    }

    /** Adds a question. */
    public CompletionRequestBuilder user(String text) {
        return message(Message.user(text));
    }

    /** Adds a question of several parts, such as a text and an image. */
    public CompletionRequestBuilder user(Content... parts) {
        return message(Message.user(parts));
    }

    /** Adds a message. */
    public CompletionRequestBuilder message(Message message) {
        messages.add(message);
        return this;
    }

    /** Replaces all messages but a system prompt set by {@link #system}. */
    public CompletionRequestBuilder messages(List<Message> messages) {
        this.messages.clear();
        this.messages.addAll(messages);
        return this;
    }

    /** All sampling values at once. */
    public CompletionRequestBuilder sampling(Sampling sampling) {
        this.sampling = sampling;
        return this;
    }

    /** 0 to 2. */
    public CompletionRequestBuilder temperature(@Nullable Double temperature) {
        var s = sampling;
        return sampling(new Sampling(temperature, s.topP(), s.maxTokens(), s.stop(), s.seed()));
    }

    /** 0 to 2. */
    public CompletionRequestBuilder temperature(double temperature) {
        return temperature(Double.valueOf(temperature));
    }

    /** 0 to 1. */
    public CompletionRequestBuilder topP(double topP) {
        return topP(Double.valueOf(topP));
    }

    /** 0 to 1. */
    public CompletionRequestBuilder topP(@Nullable Double topP) {
        var s = sampling;
        return sampling(new Sampling(s.temperature(), topP, s.maxTokens(), s.stop(), s.seed()));
    }

    /** Upper bound of the answer's tokens, reasoning included. */
    public CompletionRequestBuilder maxTokens(@Nullable Integer maxTokens) {
        var s = sampling;
        return sampling(new Sampling(s.temperature(), s.topP(), maxTokens, s.stop(), s.seed()));
    }

    /** Texts that end the answer. */
    public CompletionRequestBuilder stop(String... stop) {
        var s = sampling;
        return sampling(new Sampling(s.temperature(), s.topP(), s.maxTokens(), List.of(stop), s.seed()));
    }

    /** Asks for repeatable draws. */
    public CompletionRequestBuilder seed(@Nullable Long seed) {
        var s = sampling;
        return sampling(new Sampling(s.temperature(), s.topP(), s.maxTokens(), s.stop(), seed));
    }

    /** Asks for repeatable draws. */
    public CompletionRequestBuilder seed(long seed) {
        return seed(Long.valueOf(seed));
    }

    /** The tools the model may call. */
    public CompletionRequestBuilder tools(Tool... list) {
        tools = new ToolUse(List.of(list), tools.hosted(), tools.choice(), tools.parallel());
        return this;
    }

    /**
     * Adds a tool that the provider runs itself, beside those of {@link #tools}: an element of its protocol's own list, as
     * {@code Map.of("type", "web_search")}.
     */
    public CompletionRequestBuilder hostedTool(Map<String, Object> tool) {
        List<Map<String, Object>> hosted = new ArrayList<>(tools.hosted());
        hosted.add(tool);
        tools = new ToolUse(tools.tools(), hosted, tools.choice(), tools.parallel());
        return this;
    }

    /** Whether it may, must or must not call them. */
    public CompletionRequestBuilder toolChoice(ToolChoice choice) {
        tools = new ToolUse(tools.tools(), tools.hosted(), choice, tools.parallel());
        return this;
    }

    /** Whether several calls may come in one answer. */
    public CompletionRequestBuilder parallelToolCalls(boolean parallel) {
        tools = new ToolUse(tools.tools(), tools.hosted(), tools.choice(), parallel);
        return this;
    }

    /** The form the answer must have. */
    public CompletionRequestBuilder responseFormat(@Nullable ResponseFormat format) {
        this.responseFormat = format;
        return this;
    }

    /** How long a reasoning model may think. */
    public CompletionRequestBuilder reasoningEffort(@Nullable ReasoningEffort effort) {
        this.reasoningEffort = effort;
        return this;
    }

    /** All settings of this one call at once. */
    public CompletionRequestBuilder overrides(CallOverrides overrides) {
        this.overrides = overrides;
        return this;
    }

    /** Changes settings of this one call, as in {@code overrides(o -> o.idleTimeout(ofSeconds(5)))}. */
    public CompletionRequestBuilder overrides(UnaryOperator<CallOverrides> change) {
        return overrides(change.apply(overrides));
    }

    /** Retry settings of this one call, in place of all of the provider's. */
    public CompletionRequestBuilder retrySettings(RetrySettings settings) {
        return overrides(overrides.retrySettings(settings));
    }

    /** Changes retry settings of this one call; {@code r -> r.maxRetries(5)} keeps the rest of the provider's. */
    public CompletionRequestBuilder retrySettings(UnaryOperator<RetrySettings> change) {
        return overrides(overrides.retrySettings(change));
    }

    /** Bounds this one call, waits included. */
    public CompletionRequestBuilder deadline(Duration deadline) {
        return overrides(overrides.deadline(deadline));
    }

    /** Adds a name for the records of this call; never sent to the provider. */
    public CompletionRequestBuilder metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /** Adds a field of the provider's own request, as JSON-like maps, lists and values. It wins over ours. */
    public CompletionRequestBuilder extra(String field, Object value) {
        extra.put(field, value);
        return this;
    }

    /** The request. */
    public CompletionRequest build() {
        List<Message> all = new ArrayList<>(messages);
        if (system != null) {
            all.removeIf(message -> message.role() == Role.SYSTEM);
            all.add(0, system);
        }
        return new CompletionRequest(
                model, all, sampling, tools, responseFormat, reasoningEffort, overrides, metadata, extra);
    }
}
