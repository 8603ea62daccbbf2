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
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/** Token meters of calls with known usage. */
interface TokenMeters {

    /** The meters of calls with these tags. */
    Consumer<Usage> of(CallKind kind, Tags call);

    static TokenMeters of(GenAiConventions names, MeterRegistry registry) {
        return names == GenAiConventions.V1_41 ? new ByType(registry) : new ByMeter(registry);
    }

    /** Counts no zeros: with a hundred models, meters for parts they never have would be hundreds. */
    final class Part {

        private final Later<Counter> counter;

        private Part(MeterProvider<Counter> counters, Tags tags) {
            this.counter = new Later<>(() -> counters.withTags(tags));
        }

        private void add(long count) {
            if (count > 0) {
                counter.get().increment((double) count);
            }
        }
    }

    private static MeterProvider<Counter> counter(LlmMeterDocumentation meter, String what, MeterRegistry registry) {
        return Counter.builder(meter.getName())
                .description(what)
                .baseUnit(TokenUnit.of(meter, registry))
                .withRegistry(registry);
    }

    private static MeterProvider<DistributionSummary> summary(
            LlmMeterDocumentation meter, String what, MeterRegistry registry) {
        return DistributionSummary.builder(meter.getName())
                .description(what)
                .baseUnit(TokenUnit.of(meter, registry))
                .serviceLevelObjectives(
                        DoubleStream.iterate(1, bound -> bound * 4).limit(14).toArray())
                .withRegistry(registry);
    }

    /** One meter, as in {@link GenAiConventions#V1_41}, and one of this library for the parts. */
    final class ByType implements TokenMeters {

        private final MeterProvider<DistributionSummary> tokens;
        private final MeterProvider<Counter> parts;

        private ByType(MeterRegistry registry) {
            tokens = summary(TOKEN_USAGE, "Tokens of calls", registry);
            parts = counter(TOKEN_PARTS, "Tokens that are part of input or output", registry);
        }

        @Override
        public Consumer<Usage> of(CallKind kind, Tags call) {
            DistributionSummary input = tokens.withTags(call.and(Tag.TOKEN_TYPE.asString(), "input"));
            DistributionSummary output = tokens.withTags(call.and(Tag.TOKEN_TYPE.asString(), "output"));
            Part cacheRead = part(call, "cache_read");
            Part cacheWrite = part(call, "cache_write");
            Part reasoning = part(call, "reasoning");
            return usage -> {
                input.record((double) usage.inputTokens());
                output.record((double) usage.outputTokens());
                cacheRead.add(usage.cachedTokens());
                cacheWrite.add(usage.cacheWriteTokens());
                reasoning.add(usage.reasoningTokens());
            };
        }

        private Part part(Tags call, String part) {
            return new Part(parts, call.and(Tag.TOKEN_PART.asString(), part));
        }
    }

    /** One meter per part, as in {@link GenAiConventions#GENAI_0_1_0}. */
    final class ByMeter implements TokenMeters {

        private final MeterProvider<Counter> input;
        private final MeterProvider<Counter> output;
        private final MeterProvider<Counter> cacheRead;
        private final MeterProvider<Counter> cacheWrite;
        private final MeterProvider<Counter> reasoning;
        private final MeterProvider<DistributionSummary> inputOfCall;
        private final MeterProvider<DistributionSummary> outputOfCall;
        private final MeterProvider<DistributionSummary> inputOfEmbeddings;

        private ByMeter(MeterRegistry registry) {
            input = counter(USAGE_INPUT_TOKENS, "Input tokens used, cached ones included", registry);
            output = counter(USAGE_OUTPUT_TOKENS, "Output tokens used, reasoning included", registry);
            cacheRead = counter(USAGE_CACHE_READ_INPUT_TOKENS, "Input tokens read from a cache", registry);
            cacheWrite = counter(USAGE_CACHE_WRITE_INPUT_TOKENS, "Input tokens written to a cache", registry);
            reasoning = counter(USAGE_REASONING_OUTPUT_TOKENS, "Output tokens that were reasoning", registry);
            inputOfCall = summary(INFERENCE_INPUT_TOKENS, "Input tokens of a call", registry);
            outputOfCall = summary(INFERENCE_OUTPUT_TOKENS, "Output tokens of a call", registry);
            inputOfEmbeddings = summary(EMBEDDINGS_INPUT_TOKENS, "Input tokens of a call for embeddings", registry);
        }

        @Override
        public Consumer<Usage> of(CallKind kind, Tags call) {
            return kind == CallKind.EMBED ? ofEmbeddings(call) : ofCompletions(call);
        }

        private Consumer<Usage> ofEmbeddings(Tags call) {
            DistributionSummary tokens = inputOfEmbeddings.withTags(call);
            return usage -> tokens.record((double) usage.inputTokens());
        }

        private Consumer<Usage> ofCompletions(Tags call) {
            DistributionSummary inputs = inputOfCall.withTags(call);
            DistributionSummary outputs = outputOfCall.withTags(call);
            Tags spent = call.and(Tag.TOKEN_MODALITY.asString(), "unknown");
            Counter inputsSpent = input.withTags(spent);
            Counter outputsSpent = output.withTags(spent);
            Part read = new Part(cacheRead, spent);
            Part written = new Part(cacheWrite, spent);
            Part reasoned = new Part(reasoning, spent);
            return usage -> {
                inputs.record((double) usage.inputTokens());
                outputs.record((double) usage.outputTokens());
                inputsSpent.increment((double) usage.inputTokens());
                outputsSpent.increment((double) usage.outputTokens());
                read.add(usage.cachedTokens());
                written.add(usage.cacheWriteTokens());
                reasoned.add(usage.reasoningTokens());
            };
        }
    }
}
