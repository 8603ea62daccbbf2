package io.aicore.observability.metrics;

import io.aicore.llm.observe.CallKind;
import java.util.Arrays;
import java.util.Map;

/**
 * The version of the names of spans and meters. Default: {@link #V1_41}, unless the environment opts in to the newer
 * one.
 */
public enum GenAiConventions {
    /** Version 1.41 of OpenTelemetry's semantic conventions, the last one with those for generative models. */
    V1_41,
    /** Version 0.1.0 of the conventions for generative models, now in a separate repository. */
    GENAI_0_1_0;

    static final String OPT_IN = "OTEL_SEMCONV_STABILITY_OPT_IN";
    private static final String LATEST = "gen_ai_latest_experimental";

    /**
     * {@link #GENAI_0_1_0} if the comma-separated {@code OTEL_SEMCONV_STABILITY_OPT_IN} contains
     * {@code gen_ai_latest_experimental}, otherwise {@link #V1_41}.
     */
    public static GenAiConventions fromEnvironment() {
        return of(System.getenv());
    }

    LlmMeterDocumentation duration(CallKind kind) {
        if (this == V1_41 || kind == CallKind.COUNT_TOKENS) {
            return LlmMeterDocumentation.OPERATION_DURATION;
        }
        return kind == CallKind.EMBED
                ? LlmMeterDocumentation.EMBEDDINGS_DURATION
                : LlmMeterDocumentation.INFERENCE_DURATION;
    }

    LlmMeterDocumentation timeToFirstChunk() {
        return this == V1_41
                ? LlmMeterDocumentation.TIME_TO_FIRST_CHUNK
                : LlmMeterDocumentation.INFERENCE_TIME_TO_FIRST_CHUNK;
    }

    LlmMeterDocumentation timePerOutputChunk() {
        return this == V1_41
                ? LlmMeterDocumentation.TIME_PER_OUTPUT_CHUNK
                : LlmMeterDocumentation.INFERENCE_TIME_PER_OUTPUT_CHUNK;
    }

    static GenAiConventions of(Map<String, String> environment) {
        return Arrays.stream(environment.getOrDefault(OPT_IN, "").split(","))
                        .map(String::strip)
                        .anyMatch(LATEST::equals)
                ? GENAI_0_1_0
                : V1_41;
    }
}
