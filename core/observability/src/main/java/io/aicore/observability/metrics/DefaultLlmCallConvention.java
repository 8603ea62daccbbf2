package io.aicore.observability.metrics;

import io.aicore.internal.Seconds;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallKind;
import io.aicore.observability.metrics.LlmObservationDocumentation.CallDetail;
import io.aicore.observability.metrics.LlmObservationDocumentation.CallTag;
import io.micrometer.common.KeyValues;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry's names for calls of generative models, without prompts and answers. */
public class DefaultLlmCallConvention implements LlmCallConvention {

    private final GenAiConventions names;

    /** Uses the names selected by the environment. For subclasses. */
    public DefaultLlmCallConvention() {
        this(GenAiConventions.fromEnvironment());
    }

    /** Uses the names of this version. */
    public DefaultLlmCallConvention(GenAiConventions names) {
        this.names = Objects.requireNonNull(names, "names");
    }

    @Override
    public String getName() {
        return "gen_ai.client.operation";
    }

    @Override
    public String getContextualName(LlmCallContext call) {
        return call.scope().span(call.start().request().kind(), call.model());
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(LlmCallContext call) {
        return call.scope().tags(call.start().request().kind());
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(LlmCallContext call) {
        return details(call);
    }

    KeyValues details(LlmCallContext call) {
        SpanAttributes details = new SpanAttributes()
                .add(CallDetail.CALL_ID, call.callId())
                .add(CallDetail.ATTEMPTS, call.attempts() == 0 ? null : call.attempts());
        if (!call.model().equals(call.modelTag())) {
            details.add(CallTag.REQUEST_MODEL, call.model());
        }
        if (call.start().request().kind() == CallKind.STREAM) {
            details.add(CallDetail.REQUEST_STREAM, true);
        }
        CompletionRequest request = call.start().request().completion();
        if (request != null) {
            details.add(CallDetail.REQUEST_TEMPERATURE, request.sampling().temperature())
                    .add(CallDetail.REQUEST_TOP_P, request.sampling().topP())
                    .add(CallDetail.REQUEST_MAX_TOKENS, request.sampling().maxTokens())
                    .add(CallDetail.REQUEST_SEED, request.sampling().seed())
                    .add(
                            CallDetail.REQUEST_STOP_SEQUENCES,
                            list(request.sampling().stop()))
                    .add(CallDetail.OUTPUT_TYPE, request.responseFormat() == null ? null : "json");
        }
        details.add(CallDetail.CONVERSATION_ID, call.identity().session());
        CallEnd end = call.end();
        if (end != null) {
            ended(details, call, end);
        }
        return details.all();
    }

    private static @Nullable String list(List<String> texts) {
        return texts.isEmpty() ? null : JsonFields.of(texts).raw();
    }

    private void ended(SpanAttributes details, LlmCallContext call, CallEnd end) {
        Duration first = end.timeToFirstToken();
        details.add(CallDetail.OUTCOME, end.outcome().word())
                .add(CallDetail.ERROR_TYPE, end.error() == null ? null : ErrorTypes.of(end.error()))
                .add(CallDetail.RESPONSE_TIME_TO_FIRST_CHUNK, first == null ? null : Seconds.plain(first));
        if (call.reason() != null) {
            details.add(CallDetail.GIVE_UP_REASON, call.reason().word());
        }
        answered(details, end.answer());
        used(details, end.usage());
        Provenance provenance = end.provenance();
        if (provenance != null && provenance.cost() != null) {
            details.add(CallDetail.COST, provenance.cost().usd().toPlainString());
        }
    }

    private static void answered(SpanAttributes details, @Nullable Completion answer) {
        if (answer != null) {
            details.add(CallDetail.RESPONSE_ID, answer.id())
                    .add(CallDetail.RESPONSE_MODEL, answer.model())
                    .add(
                            CallDetail.RESPONSE_FINISH_REASONS,
                            answer.finishReason().word());
        }
    }

    private void used(SpanAttributes details, @Nullable Usage usage) {
        if (usage != null) {
            details.add(CallDetail.USAGE_INPUT_TOKENS, usage.inputTokens())
                    .add(CallDetail.USAGE_OUTPUT_TOKENS, usage.outputTokens())
                    .add(CallDetail.USAGE_CACHE_READ_INPUT_TOKENS, usage.cachedTokens())
                    .add(
                            names == GenAiConventions.V1_41
                                    ? CallDetail.USAGE_CACHE_CREATION_INPUT_TOKENS
                                    : CallDetail.USAGE_CACHE_WRITE_INPUT_TOKENS,
                            usage.cacheWriteTokens())
                    .add(CallDetail.USAGE_REASONING_OUTPUT_TOKENS, usage.reasoningTokens());
        }
    }
}
