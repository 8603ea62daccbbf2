package io.aicore.observability.metrics;

import java.util.Map;

/** OpenTelemetry's names of providers that have another one here. */
final class ProviderNames {

    private static final Map<String, String> KNOWN = Map.of(
            "gemini", "gcp.gemini",
            "vertex", "gcp.vertex_ai",
            "bedrock", "aws.bedrock",
            "azure-openai", "azure.ai.openai",
            "mistral", "mistral_ai",
            "xai", "x_ai");

    private ProviderNames() {}

    static String of(String provider) {
        return KNOWN.getOrDefault(provider, provider);
    }
}
