package io.aicore.observability.metrics;

import static io.aicore.observability.metrics.LlmMeterDocumentation.EMBEDDINGS_INPUT_TOKENS;
import static io.aicore.observability.metrics.LlmMeterDocumentation.INFERENCE_INPUT_TOKENS;
import static io.aicore.observability.metrics.LlmMeterDocumentation.INFERENCE_OUTPUT_TOKENS;
import static io.aicore.observability.metrics.LlmMeterDocumentation.TOKEN_PARTS;
import static io.aicore.observability.metrics.LlmMeterDocumentation.TOKEN_USAGE;
import static io.aicore.observability.metrics.LlmMeterDocumentation.USAGE_CACHE_READ_INPUT_TOKENS;
import static io.aicore.observability.metrics.LlmMeterDocumentation.USAGE_CACHE_WRITE_INPUT_TOKENS;
import static io.aicore.observability.metrics.LlmMeterDocumentation.USAGE_INPUT_TOKENS;
import static io.aicore.observability.metrics.LlmMeterDocumentation.USAGE_OUTPUT_TOKENS;
import static io.aicore.observability.metrics.LlmMeterDocumentation.USAGE_REASONING_OUTPUT_TOKENS;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallKind;
import io.aicore.observability.metrics.LlmMeterDocumentation.Tag;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.DoubleStream;

/** Token meters of a call with known usage. */
interface TokenMeters {

    void record(CallKind kind, KeyValues call, String responseModel, Usage usage);

    static TokenMeters of(GenAiConventions names, MeterRegistry registry) {
        return names == GenAiConventions.V1_41 ? new ByType(registry) : new ByMeter(registry);
    }

    /** Skips zeros: with a hundred models, meters for parts they never have would be hundreds. */
    private static void some(MeterCache<Counter> counter, KeyValues call, List<String> further, long count) {
        if (count > 0) {
            counter.of(call, further).increment((double) count);
        }
    }

    private static MeterCache<Counter> counter(
            LlmMeterDocumentation meter, String what, MeterRegistry registry, Tag... further) {
        return new MeterCache<>(
                registry,
                Counter.builder(meter.getName())
                        .description(what)
                        .baseUnit(TokenUnit.of(meter, registry))
                        .withRegistry(registry),
                further);
    }

    private static MeterCache<DistributionSummary> summary(
            LlmMeterDocumentation meter, String what, MeterRegistry registry, Tag... further) {
        return new MeterCache<>(
                registry,
                DistributionSummary.builder(meter.getName())
                        .description(what)
                        .baseUnit(TokenUnit.of(meter, registry))
                        .serviceLevelObjectives(DoubleStream.iterate(1, bound -> bound * 4)
                                .limit(14)
                                .toArray())
                        .withRegistry(registry),
                further);
    }

    /** One meter, as in {@link GenAiConventions#V1_41}, and one of this library for the parts. */
    final class ByType implements TokenMeters {

        private final MeterCache<DistributionSummary> tokens;
        private final MeterCache<Counter> parts;

        private ByType(MeterRegistry registry) {
            tokens = summary(TOKEN_USAGE, "Tokens of calls", registry, Tag.RESPONSE_MODEL, Tag.TOKEN_TYPE);
            parts = counter(
                    TOKEN_PARTS,
                    "Tokens that are part of input or output",
                    registry,
                    Tag.RESPONSE_MODEL,
                    Tag.TOKEN_PART);
        }

        @Override
        public void record(CallKind kind, KeyValues call, String responseModel, Usage usage) {
            tokens.of(call, List.of(responseModel, "input")).record((double) usage.inputTokens());
            tokens.of(call, List.of(responseModel, "output")).record((double) usage.outputTokens());
            some(parts, call, List.of(responseModel, "cache_read"), usage.cachedTokens());
            some(parts, call, List.of(responseModel, "cache_write"), usage.cacheWriteTokens());
            some(parts, call, List.of(responseModel, "reasoning"), usage.reasoningTokens());
        }
    }

    /** One meter per part, as in {@link GenAiConventions#GENAI_0_1_0}. */
    final class ByMeter implements TokenMeters {

        private final MeterCache<Counter> input;
        private final MeterCache<Counter> output;
        private final MeterCache<Counter> cacheRead;
        private final MeterCache<Counter> cacheWrite;
        private final MeterCache<Counter> reasoning;
        private final MeterCache<DistributionSummary> inputOfCall;
        private final MeterCache<DistributionSummary> outputOfCall;
        private final MeterCache<DistributionSummary> inputOfEmbeddings;

        private ByMeter(MeterRegistry registry) {
            input = spent(USAGE_INPUT_TOKENS, "Input tokens used, cached ones included", registry);
            output = spent(USAGE_OUTPUT_TOKENS, "Output tokens used, reasoning included", registry);
            cacheRead = spent(USAGE_CACHE_READ_INPUT_TOKENS, "Input tokens read from a cache", registry);
            cacheWrite = spent(USAGE_CACHE_WRITE_INPUT_TOKENS, "Input tokens written to a cache", registry);
            reasoning = spent(USAGE_REASONING_OUTPUT_TOKENS, "Output tokens that were reasoning", registry);
            inputOfCall = summary(INFERENCE_INPUT_TOKENS, "Input tokens of a call", registry, Tag.RESPONSE_MODEL);
            outputOfCall = summary(INFERENCE_OUTPUT_TOKENS, "Output tokens of a call", registry, Tag.RESPONSE_MODEL);
            inputOfEmbeddings = summary(
                    EMBEDDINGS_INPUT_TOKENS, "Input tokens of a call for embeddings", registry, Tag.RESPONSE_MODEL);
        }

        @Override
        public void record(CallKind kind, KeyValues call, String responseModel, Usage usage) {
            List<String> model = List.of(responseModel);
            if (kind == CallKind.EMBED) {
                inputOfEmbeddings.of(call, model).record((double) usage.inputTokens());
                return;
            }
            inputOfCall.of(call, model).record((double) usage.inputTokens());
            outputOfCall.of(call, model).record((double) usage.outputTokens());
            List<String> spent = List.of(responseModel, "unknown");
            input.of(call, spent).increment((double) usage.inputTokens());
            output.of(call, spent).increment((double) usage.outputTokens());
            some(cacheRead, call, spent, usage.cachedTokens());
            some(cacheWrite, call, spent, usage.cacheWriteTokens());
            some(reasoning, call, spent, usage.reasoningTokens());
        }

        private static MeterCache<Counter> spent(LlmMeterDocumentation meter, String what, MeterRegistry registry) {
            return counter(meter, what, registry, Tag.RESPONSE_MODEL, Tag.TOKEN_MODALITY);
        }
    }
}
