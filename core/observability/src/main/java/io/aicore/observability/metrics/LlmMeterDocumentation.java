package io.aicore.observability.metrics;

import io.aicore.observability.metrics.LlmObservationDocumentation.CallTag;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The meters of this package with all their names. Names that begin with {@code gen_ai} are OpenTelemetry's. */
public enum LlmMeterDocumentation implements MeterDocumentation {
    /**
     * Duration of calls, waits included. Buckets: 0.01 s, doubled up to 81.92 s. Under
     * {@link GenAiConventions#GENAI_0_1_0} only for operations other than inference and embeddings.
     */
    OPERATION_DURATION(
            "gen_ai.client.operation.duration",
            Meter.Type.TIMER,
            calls(Tag.RESPONSE_MODEL, Tag.ERROR_TYPE, Tag.OUTCOME)),
    /** Time from the start of a stream's last attempt to its first token. Buckets as for the duration. */
    TIME_TO_FIRST_CHUNK("gen_ai.client.operation.time_to_first_chunk", Meter.Type.TIMER, calls(Tag.RESPONSE_MODEL)),
    /**
     * Time between the chunks with content of a stream: one value for each but the first. Buckets as for the duration.
     */
    TIME_PER_OUTPUT_CHUNK("gen_ai.client.operation.time_per_output_chunk", Meter.Type.TIMER, calls()),
    /**
     * Tokens of a call, as far as the provider reported them. Buckets: 1, each four times the previous, up to
     * 67,108,864.
     */
    TOKEN_USAGE(
            "gen_ai.client.token.usage", Meter.Type.DISTRIBUTION_SUMMARY, calls(Tag.RESPONSE_MODEL, Tag.TOKEN_TYPE)),
    /** Tokens that are part of the input or output of {@link #TOKEN_USAGE}; do not add them to it. */
    TOKEN_PARTS("aicore.client.token.parts", Meter.Type.COUNTER, calls(Tag.RESPONSE_MODEL, Tag.TOKEN_PART)),

    /**
     * {@link #OPERATION_DURATION} of completions under {@link GenAiConventions#GENAI_0_1_0}, like the following meters.
     */
    INFERENCE_DURATION(
            "gen_ai.client.inference.duration",
            Meter.Type.TIMER,
            calls(Tag.RESPONSE_MODEL, Tag.ERROR_TYPE, Tag.OUTCOME)),
    INFERENCE_TIME_TO_FIRST_CHUNK(
            "gen_ai.client.inference.time_to_first_chunk", Meter.Type.TIMER, calls(Tag.RESPONSE_MODEL)),
    INFERENCE_TIME_PER_OUTPUT_CHUNK("gen_ai.client.inference.time_per_output_chunk", Meter.Type.TIMER, calls()),
    /** Total tokens used. */
    USAGE_INPUT_TOKENS("gen_ai.client.inference.usage.input_tokens", Meter.Type.COUNTER, spent()),
    USAGE_OUTPUT_TOKENS("gen_ai.client.inference.usage.output_tokens", Meter.Type.COUNTER, spent()),
    /** Input tokens read from the provider's cache; part of the input tokens, like the next meter. */
    USAGE_CACHE_READ_INPUT_TOKENS("gen_ai.client.inference.usage.cache_read.input_tokens", Meter.Type.COUNTER, spent()),
    USAGE_CACHE_WRITE_INPUT_TOKENS(
            "gen_ai.client.inference.usage.cache_write.input_tokens", Meter.Type.COUNTER, spent()),
    /** Output tokens that were reasoning. */
    USAGE_REASONING_OUTPUT_TOKENS("gen_ai.client.inference.usage.reasoning.output_tokens", Meter.Type.COUNTER, spent()),
    /** Tokens of one call. Buckets as for {@link #TOKEN_USAGE}. */
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

    /** Retries by the failure that is retried. */
    RETRIES("aicore.client.retries", Meter.Type.COUNTER, calls(Tag.ERROR_TYPE)),
    /** 1 for the current state of a circuit, 0 for the others; by provider, address and model, for the first 1,000. */
    CIRCUIT_STATE(
            "aicore.circuit.state",
            Meter.Type.GAUGE,
            CallTag.PROVIDER,
            CallTag.SERVER_ADDRESS,
            CallTag.SERVER_PORT,
            CallTag.REQUEST_MODEL,
            Tag.CIRCUIT_STATE),
    /**
     * Seconds until the gate of a model's rate limit opens, 0 while it is open; by provider, address and model, for the
     * first 1,000. Of several keys the longest.
     */
    GATE_CLOSED("aicore.admission.gate.closed", Meter.Type.GAUGE, gates()),
    /** Attempts per second that a gate lets through, NaN without a limit. Of several keys the lowest. */
    GATE_RATE("aicore.admission.gate.rate", Meter.Type.GAUGE, gates()),
    /** Attempts that wait at a gate. */
    GATE_WAITING("aicore.admission.gate.waiting", Meter.Type.GAUGE, gates()),
    /**
     * Attempts that wait for a gate, its pace, a place or a circuit; by provider and address, like the following meters.
     */
    ADMISSION_WAITING("aicore.admission.waiting", Meter.Type.GAUGE, provider()),
    ADMISSION_IN_FLIGHT("aicore.admission.in_flight", Meter.Type.GAUGE, provider()),
    /** Attempts that were not admitted. */
    ADMISSION_REJECTED("aicore.admission.rejected", Meter.Type.COUNTER, provider()),
    /** Retries that the calls to a provider may make now, NaN without a budget. */
    RETRY_BUDGET("aicore.retry.budget", Meter.Type.GAUGE, provider()),
    /** Calls waiting to be written to the database. */
    COLLECTOR_BUFFERED("aicore.collector.buffered", Meter.Type.GAUGE),
    /** Calls written to the database. */
    COLLECTOR_WRITTEN("aicore.collector.written", Meter.Type.COUNTER),
    /** Calls not written, because the buffer was full or closed or the database rejected them. */
    COLLECTOR_DROPPED("aicore.collector.dropped", Meter.Type.COUNTER);

    /** Tags of meters in addition to {@link CallTag}: few values each, always present. */
    public enum Tag implements KeyName {
        /** The model that answered, {@code _OTHER} after 100 different ones; {@code none} without an answer. */
        RESPONSE_MODEL("gen_ai.response.model"),
        /** {@code input} or {@code output}. */
        TOKEN_TYPE("gen_ai.token.type"),
        /** {@code cache_read} and {@code cache_write} of the input, {@code reasoning} of the output. */
        TOKEN_PART("aicore.token.part"),
        /** {@code unknown}: providers report no comparable counts by modality. */
        TOKEN_MODALITY("gen_ai.token.modality"),
        /**
         * The error's category, such as {@code rate_limited}, or the class of an exception; {@code none} without one.
         */
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

    private static KeyName[] provider() {
        return new KeyName[] {CallTag.PROVIDER, CallTag.SERVER_ADDRESS, CallTag.SERVER_PORT};
    }

    private static KeyName[] gates() {
        return new KeyName[] {CallTag.PROVIDER, CallTag.SERVER_ADDRESS, CallTag.SERVER_PORT, CallTag.REQUEST_MODEL};
    }

    private static KeyName[] spent() {
        return calls(Tag.RESPONSE_MODEL, Tag.TOKEN_MODALITY);
    }

    @Override
    public String getName() {
        return meter;
    }

    /**
     * {@code {token}} for tokens, omitted in registries that append the unit to the name, such as Prometheus; null for
     * timers, whose unit the registry defines, and for counts.
     */
    @Override
    public @Nullable String getBaseUnit() {
        if (meter.contains("token")) {
            return TOKENS;
        }
        return this == GATE_CLOSED ? "seconds" : null;
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
