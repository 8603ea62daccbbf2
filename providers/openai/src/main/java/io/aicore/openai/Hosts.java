package io.aicore.openai;

import io.aicore.openai.Dialect.Effort;
import io.aicore.openai.HostProfile.KeyStyle;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hosts known by name. What is not said here is as {@link Dialect#COMMON} or {@link Dialect#OPENAI} has it. */
final class Hosts {

    static final String AZURE = "azure-openai";
    static final String GENERIC = "openai-compatible";

    private static final Dialect OPENAI = Dialect.OPENAI;
    private static final Dialect COMMON = Dialect.COMMON;
    private static final Map<String, HostProfile> BY_NAME = new LinkedHashMap<>();

    static {
        host("openai", "https://api.openai.com/v1", KeyStyle.BEARER, OPENAI);
        host(AZURE, null, KeyStyle.API_KEY_HEADER, OPENAI);
        // Some of its models hold answers to a schema, others refuse one.
        host("groq", "https://api.groq.com/openai/v1", KeyStyle.BEARER, OPENAI.jsonSchema(false));
        host(
                "deepseek",
                "https://api.deepseek.com",
                KeyStyle.BEARER,
                COMMON.streamUsage(true).reasoningBack(true));
        // Sends its usage unasked.
        host("xai", "https://api.x.ai/v1", KeyStyle.BEARER, OPENAI.streamUsage(false));
        host("nvidia", "https://integrate.api.nvidia.com/v1", KeyStyle.BEARER, COMMON.streamUsage(true));
        host("openrouter", "https://openrouter.ai/api/v1", KeyStyle.BEARER, COMMON.effort(Effort.REASONING_OBJECT));
        host(
                "zai",
                "https://api.z.ai/api/paas/v4",
                KeyStyle.BEARER,
                COMMON.effort(Effort.THINKING_SWITCH).reasoningBack(true));
        host("together", "https://api.together.xyz/v1", KeyStyle.BEARER, COMMON);
        host("fireworks", "https://api.fireworks.ai/inference/v1", KeyStyle.BEARER, COMMON.jsonSchema(true));
        host("cerebras", "https://api.cerebras.ai/v1", KeyStyle.BEARER, OPENAI.streamUsage(false));
        // Their servers send usage only when asked.
        host(
                "ollama",
                "http://localhost:11434/v1",
                KeyStyle.OPTIONAL_BEARER,
                COMMON.streamUsage(true).jsonSchema(true));
        host(
                "vllm",
                "http://localhost:8000/v1",
                KeyStyle.OPTIONAL_BEARER,
                COMMON.streamUsage(true).jsonSchema(true));
        host(
                "llamacpp",
                "http://localhost:8080/v1",
                KeyStyle.OPTIONAL_BEARER,
                COMMON.streamUsage(true).jsonSchema(true));
        host(GENERIC, null, KeyStyle.OPTIONAL_BEARER, COMMON);
    }

    private Hosts() {}

    static Set<String> names() {
        return Collections.unmodifiableSet(BY_NAME.keySet());
    }

    /** The host of this name; IllegalArgumentException for any other name. */
    static HostProfile named(String name) {
        HostProfile profile = BY_NAME.get(name);
        if (profile == null) {
            throw new IllegalArgumentException("provider: " + name + " (expected: one of " + BY_NAME.keySet() + ")");
        }
        return profile;
    }

    private static void host(String name, @Nullable String baseUrl, KeyStyle key, Dialect dialect) {
        BY_NAME.put(name, new HostProfile(name, baseUrl, key, dialect));
    }
}
