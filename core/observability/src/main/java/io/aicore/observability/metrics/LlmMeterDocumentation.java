package io.aicore.observability.metrics;

import io.aicore.observability.metrics.LlmObservationDocumentation.CallTag;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The meters of this package, with all their names. Those that begin with {@code gen_ai} are OpenTelemetry's. */
public enum LlmMeterDocumentation implements MeterDocumentation {
    /**
     * How long calls took, waits included. Buckets: 0.01 s, doubled up to 81.92 s. Under {@link
     * GenAiConventions#GENAI_0_1_0} only for what is neither inference nor embeddings.
     */
    OPERATION_DURATION(
            "gen_ai.client.operation.duration",
            Meter.Type.TIMER,
            calls(Tag.RESPONSE_MODEL, Tag.ERROR_TYPE, Tag.OUTCOME)),
    /** From the start of the last attempt of a stream to its first token. Buckets as of the duration. */
    TIME_TO_FIRST_CHUNK("gen_ai.client.operation.time_to_first_chunk", Meter.Type.TIMER, calls(Tag.RESPONSE_MODEL)),
    /** Between the chunks with content of a stream: one value for each but the first. Buckets as of the duration. */
    TIME_PER_OUTPUT_CHUNK("gen_ai.client.operation.time_per_output_chunk", Meter.Type.TIMER, calls()),
    /** Tokens of a call, as far as the provider told them. Buckets: 1, four times that, up to 67,108,864. */
    TOKEN_USAGE(
            "gen_ai.client.token.usage", Meter.Type.DISTRIBUTION_SUMMARY, calls(Tag.RESPONSE_MODEL, Tag.TOKEN_TYPE)),
    /** Tokens that are part of the input or the output of {@link #TOKEN_USAGE}: never to be added to it. */
    TOKEN_PARTS("aicore.client.token.parts", Meter.Type.COUNTER, calls(Tag.RESPONSE_MODEL, Tag.TOKEN_PART)),

    /** {@link #OPERATION_DURATION} of answers under {@link GenAiConventions#GENAI_0_1_0}, as all that follow. */
    INFERENCE_DURATION(
            "gen_ai.client.inference.duration",
            Meter.Type.TIMER,
            calls(Tag.RESPONSE_MODEL, Tag.ERROR_TYPE, Tag.OUTCOME)),
    INFERENCE_TIME_TO_FIRST_CHUNK(
            "gen_ai.client.inference.time_to_first_chunk", Meter.Type.TIMER, calls(Tag.RESPONSE_MODEL)),
    INFERENCE_TIME_PER_OUTPUT_CHUNK("gen_ai.client.inference.time_per_output_chunk", Meter.Type.TIMER, calls()),
    /** Tokens spent, in all. */
    USAGE_INPUT_TOKENS("gen_ai.client.inference.usage.input_tokens", Meter.Type.COUNTER, spent()),
    USAGE_OUTPUT_TOKENS("gen_ai.client.inference.usage.output_tokens", Meter.Type.COUNTER, spent()),
    /** Those of the input that were read from the provider's cache; part of it, as the next is. */
    USAGE_CACHE_READ_INPUT_TOKENS("gen_ai.client.inference.usage.cache_read.input_tokens", Meter.Type.COUNTER, spent()),
    USAGE_CACHE_WRITE_INPUT_TOKENS(
            "gen_ai.client.inference.usage.cache_write.input_tokens", Meter.Type.COUNTER, spent()),
    /** Those of the output that were reasoning. */
    USAGE_REASONING_OUTPUT_TOKENS("gen_ai.client.inference.usage.reasoning.output_tokens", Meter.Type.COUNTER, spent()),
    /** Tokens of one call. Buckets as of {@link #TOKEN_USAGE}. */
    INFERENCE_INPUT_TOKENS(
            "gen_ai.client.inference.operation.input_tokens",
            Meter.Type.DISTRIBUTION_SUMMARY,
            calls(Tag.RESPONSE_MODEL)),
    INFERENCE_OUTPUT_TOKENS(
            "gen_ai.client.inference.operation.output_tokens",
            Meter.Type.DISTRIBUTION_SUMMARY,
            calls(Tag.RESPONSE_MODEL)),
    EMBEDDINGS_DURATION(
            "gen_ai.client.embeddings.duration",
            Meter.Type.TIMER,
            calls(Tag.RESPONSE_MODEL, Tag.ERROR_TYPE, Tag.OUTCOME)),
    EMBEDDINGS_INPUT_TOKENS(
            "gen_ai.client.embeddings.operation.input_tokens",
            Meter.Type.DISTRIBUTION_SUMMARY,
            calls(Tag.RESPONSE_MODEL)),

    /** Retries that were decided on, by what they are for. */
    RETRIES("aicore.client.retries", Meter.Type.COUNTER, calls(Tag.ERROR_TYPE)),
    /** 1 for the state a circuit is in, 0 for the others; by provider, address and model, the first 1,000 of them. */
    CIRCUIT_STATE(
            "aicore.circuit.state",
            Meter.Type.GAUGE,
            CallTag.PROVIDER,
            CallTag.SERVER_ADDRESS,
            CallTag.SERVER_PORT,
            CallTag.REQUEST_MODEL,
            Tag.CIRCUIT_STATE),
    /** Calls that wait to be written to the database. */
    COLLECTOR_BUFFERED("aicore.collector.buffered", Meter.Type.GAUGE),
    /** Calls that were written to it. */
    COLLECTOR_WRITTEN("aicore.collector.written", Meter.Type.COUNTER),
    /** Calls that were not, because the buffer was full or closed or the database refused them. */
    COLLECTOR_DROPPED("aicore.collector.dropped", Meter.Type.COUNTER);

    /** What tells meters apart beside {@link CallTag}: few values each, always present. */
    public enum Tag implements KeyName {
        /** The model that answered, {@code _OTHER} after 100 different ones; {@code none} without an answer. */
        RESPONSE_MODEL("gen_ai.response.model"),
        /** {@code input} or {@code output}. */
        TOKEN_TYPE("gen_ai.token.type"),
        /** {@code cache_read} and {@code cache_write} of the input, {@code reasoning} of the output. */
        TOKEN_PART("aicore.token.part"),
        /** {@code unknown}: providers tell no counts by modality that agree with each other. */
        TOKEN_MODALITY("gen_ai.token.modality"),
        /** The error's category, as in {@code rate_limited}, or the class of an exception; {@code none} without one. */
        ERROR_TYPE("error.type"),
        /** {@code success}, {@code error} or {@code cancelled}. */
        OUTCOME("aicore.outcome"),
        /** {@code closed}, {@code open} or {@code half_open}. */
        CIRCUIT_STATE("state");

        private final String key;

        Tag(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    private static final String TOKENS = "{token}";

    private final String meter;
    private final Meter.Type type;

    @SuppressWarnings("ImmutableEnumChecker") // Never written, and handed out as a copy.
    private final KeyName[] keys;

    LlmMeterDocumentation(String meter, Meter.Type type, KeyName... keys) {
        this.meter = meter;
        this.type = type;
        this.keys = keys;
    }

    private static KeyName[] calls(KeyName... more) {
        return Stream.concat(Stream.of(CallTag.values()), Stream.of(more)).toArray(KeyName[]::new);
    }

    private static KeyName[] spent() {
        return calls(Tag.RESPONSE_MODEL, Tag.TOKEN_MODALITY);
    }

    @Override
    public String getName() {
        return meter;
    }

    /** {@code {token}} of tokens; null of timers, whose unit the registry says, and of what is only counted. */
    @Override
    public @Nullable String getBaseUnit() {
        return meter.contains("token") ? TOKENS : null;
    }

    @Override
    public Meter.Type getType() {
        return type;
    }

    @Override
    public KeyName[] getKeyNames() {
        return keys.clone();
    }
}
