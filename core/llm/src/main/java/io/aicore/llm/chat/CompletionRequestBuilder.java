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
 * Builds a {@link CompletionRequest}. Not thread-safe; {@link #build()} may be called repeatedly. An invalid value is
 * an {@link IllegalArgumentException} with its name, at the latest in {@code build()}.
 */
public final class CompletionRequestBuilder {

    private @Nullable String model;
    private @Nullable Message system;
    private final List<Message> messages = new ArrayList<>();
    private Sampling sampling = Sampling.DEFAULT;
    private ToolOptions tools = ToolOptions.NONE;
    private @Nullable ResponseFormat responseFormat;
    private @Nullable ReasoningEffort reasoningEffort;
    private RequestOptions overrides = RequestOptions.NONE;
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

    /** Sets the model, by the provider's name for it. Default: the configured one. */
    public CompletionRequestBuilder model(@Nullable String model) {
        this.model = model;
        return this;
    }

    /** Sets the system prompt, the first message; a second call replaces it. */
    public CompletionRequestBuilder system(String text) {
        this.system = Message.system(text);
        return this;
    }

    /** Adds a user message. */
    public CompletionRequestBuilder user(String text) {
        return message(Message.user(text));
    }

    /** Adds a user message of several parts, such as a text and an image. */
    public CompletionRequestBuilder user(Content... parts) {
        return message(Message.user(parts));
    }

    /** Adds a message. */
    public CompletionRequestBuilder message(Message message) {
        messages.add(message);
        return this;
    }

    /** Replaces all messages except a system prompt set by {@link #system}. */
    public CompletionRequestBuilder messages(List<Message> messages) {
        this.messages.clear();
        this.messages.addAll(messages);
        return this;
    }

    /** Sets all sampling parameters. */
    public CompletionRequestBuilder sampling(Sampling sampling) {
        this.sampling = sampling;
        return this;
    }

    /** Sets the temperature, 0 to 2. */
    public CompletionRequestBuilder temperature(@Nullable Double temperature) {
        var s = sampling;
        return sampling(new Sampling(temperature, s.topP(), s.maxTokens(), s.stop(), s.seed()));
    }

    /** Sets the temperature, 0 to 2. */
    public CompletionRequestBuilder temperature(double temperature) {
        return temperature(Double.valueOf(temperature));
    }

    /** Sets the nucleus sampling probability, 0 to 1. */
    public CompletionRequestBuilder topP(double topP) {
        return topP(Double.valueOf(topP));
    }

    /** Sets the nucleus sampling probability, 0 to 1. */
    public CompletionRequestBuilder topP(@Nullable Double topP) {
        var s = sampling;
        return sampling(new Sampling(s.temperature(), topP, s.maxTokens(), s.stop(), s.seed()));
    }

    /** Sets the limit of the answer's tokens, reasoning included. */
    public CompletionRequestBuilder maxTokens(@Nullable Integer maxTokens) {
        var s = sampling;
        return sampling(new Sampling(s.temperature(), s.topP(), maxTokens, s.stop(), s.seed()));
    }

    /** Sets the stop sequences. */
    public CompletionRequestBuilder stop(String... stop) {
        var s = sampling;
        return sampling(new Sampling(s.temperature(), s.topP(), s.maxTokens(), List.of(stop), s.seed()));
    }

    /** Sets the seed for reproducible sampling. */
    public CompletionRequestBuilder seed(@Nullable Long seed) {
        var s = sampling;
        return sampling(new Sampling(s.temperature(), s.topP(), s.maxTokens(), s.stop(), seed));
    }

    /** Sets the seed for reproducible sampling. */
    public CompletionRequestBuilder seed(long seed) {
        return seed(Long.valueOf(seed));
    }

    /** Sets the tools that the model may call. */
    public CompletionRequestBuilder tools(Tool... list) {
        tools = tools.tools(List.of(list));
        return this;
    }

    /** Replaces all that the request says of tools. */
    public CompletionRequestBuilder tools(ToolOptions tools) {
        this.tools = tools;
        return this;
    }

    /**
     * Adds a tool that the provider runs itself, in addition to {@link #tools}: an element of its protocol's own list,
     * such as {@code Map.of("type", "web_search")}.
     */
    public CompletionRequestBuilder hostedTool(Map<String, Object> tool) {
        List<Map<String, Object>> hosted = new ArrayList<>(tools.hosted());
        hosted.add(tool);
        tools = tools.hosted(hosted);
        return this;
    }

    /** Sets whether the model may, must or must not call tools. */
    public CompletionRequestBuilder toolChoice(ToolChoice choice) {
        tools = tools.choice(choice);
        return this;
    }

    /** Sets whether one answer may contain several calls. */
    public CompletionRequestBuilder parallelToolCalls(boolean parallel) {
        tools = tools.parallel(parallel);
        return this;
    }

    /** Sets the format of the answer. */
    public CompletionRequestBuilder responseFormat(@Nullable ResponseFormat format) {
        this.responseFormat = format;
        return this;
    }

    /** Sets how much a reasoning model thinks. */
    public CompletionRequestBuilder reasoningEffort(@Nullable ReasoningEffort effort) {
        this.reasoningEffort = effort;
        return this;
    }

    /** Sets all per-call settings. */
    public CompletionRequestBuilder overrides(RequestOptions overrides) {
        this.overrides = overrides;
        return this;
    }

    /** Edits the per-call settings, as in {@code overrides(o -> o.idleTimeout(ofSeconds(5)))}. */
    public CompletionRequestBuilder overrides(UnaryOperator<RequestOptions> change) {
        return overrides(change.apply(overrides));
    }

    /** Replaces all of the provider's retry settings for this call. */
    public CompletionRequestBuilder retrySettings(RetrySettings settings) {
        return overrides(overrides.retrySettings(settings));
    }

    /** Edits the retry settings of this call; {@code r -> r.maxRetries(5)} keeps the provider's other settings. */
    public CompletionRequestBuilder retrySettings(UnaryOperator<RetrySettings> change) {
        return overrides(overrides.retrySettings(change));
    }

    /** Sets the limit of this call, waits included. */
    public CompletionRequestBuilder deadline(Duration deadline) {
        return overrides(overrides.deadline(deadline));
    }

    /** Adds a label for the records of this call; never sent to the provider. */
    public CompletionRequestBuilder metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /**
     * Adds a field to the provider's request, as JSON-like maps, lists and values. It overrides this library's field of
     * the same name.
     */
    public CompletionRequestBuilder extra(String field, Object value) {
        extra.put(field, value);
        return this;
    }

    /** Builds the request. */
    public CompletionRequest build() {
        List<Message> all = new ArrayList<>(messages);
        if (system != null) {
            all.removeIf(message -> message.role() == Role.SYSTEM);
            all.add(0, system);
        }
        return new BuiltRequest(
                model, all, sampling, tools, responseFormat, reasoningEffort, overrides, metadata, extra);
    }
}
