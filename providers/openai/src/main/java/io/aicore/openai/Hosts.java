package io.aicore.openai;

import io.aicore.llm.codec.completions.EmbeddingDialect;
import io.aicore.openai.HostProfile.KeyStyle;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The known hosts by name. The defaults are those of {@link Dialect#COMMON} or {@link Dialect#OPENAI}, and for
 * embeddings {@link EmbeddingDialect#COMMON} or {@link EmbeddingDialect#OPENAI}.
 */
final class Hosts {

    static final String OPENAI = "openai";
    static final String AZURE = "azure-openai";
    static final String GENERIC = "openai-compatible";

    private static final Dialect COMMON = Dialect.COMMON;
    private static final EmbeddingDialect VECTORS = EmbeddingDialect.COMMON;
    private static final ResponsesDialect RESPONSES = ResponsesDialect.COMMON;
    private static final Map<String, HostProfile> BY_NAME = new LinkedHashMap<>();

    static {
        add(host(OPENAI, "https://api.openai.com/v1", KeyStyle.BEARER, Dialect.OPENAI)
                .embeddings(EmbeddingDialect.OPENAI)
                .responses(ResponsesDialect.OPENAI));
        add(host(AZURE, null, KeyStyle.API_KEY_HEADER, Dialect.OPENAI)
                .embeddings(EmbeddingDialect.OPENAI)
                .responses(ResponsesDialect.OPENAI));
        // Some of its models hold answers to a schema, others refuse one.
        add(host("groq", "https://api.groq.com/openai/v1", KeyStyle.BEARER, Dialect.OPENAI.jsonSchema(false)));
        Dialect deepseek = COMMON.streamUsage(true).reasoningBack(true);
        add(host("deepseek", "https://api.deepseek.com", KeyStyle.BEARER, deepseek)
                .responses(RESPONSES));
        // Sends its usage unasked.
        add(host("xai", "https://api.x.ai/v1", KeyStyle.BEARER, Dialect.OPENAI.streamUsage(false))
                .responses(ResponsesDialect.OPENAI));
        // Its search models reject texts without an input type.
        add(host("nvidia", "https://integrate.api.nvidia.com/v1", KeyStyle.BEARER, COMMON.streamUsage(true))
                .embeddings(VECTORS.base64(true).words("query", "passage")));
        Dialect openrouter = COMMON.effort(Effort.REASONING_OBJECT);
        add(host("openrouter", "https://openrouter.ai/api/v1", KeyStyle.BEARER, openrouter)
                .embeddings(VECTORS)
                .responses(RESPONSES));
        Dialect zai = COMMON.effort(Effort.THINKING_SWITCH).reasoningBack(true);
        add(host("zai", "https://api.z.ai/api/paas/v4", KeyStyle.BEARER, zai));
        add(host("together", "https://api.together.xyz/v1", KeyStyle.BEARER, COMMON)
                .embeddings(VECTORS));
        add(host("fireworks", "https://api.fireworks.ai/inference/v1", KeyStyle.BEARER, COMMON.jsonSchema(true))
                .embeddings(VECTORS));
        add(host("cerebras", "https://api.cerebras.ai/v1", KeyStyle.BEARER, Dialect.OPENAI.streamUsage(false)));
        // Vectors alone.
        add(host("voyage", "https://api.voyageai.com/v1", KeyStyle.BEARER, null)
                .embeddings(EmbeddingDialect.OPENAI
                        .maxInputs(1_000)
                        .dimensions("output_dimension")
                        .words("query", "document")));
        // Their servers send usage only when asked.
        Dialect server = COMMON.streamUsage(true).jsonSchema(true);
        add(host("ollama-openai", "http://localhost:11434/v1", KeyStyle.OPTIONAL_BEARER, server)
                .embeddings(VECTORS)
                .responses(RESPONSES));
        add(host("vllm", "http://localhost:8000/v1", KeyStyle.OPTIONAL_BEARER, server)
                .embeddings(VECTORS.base64(true))
                .responses(RESPONSES));
        add(host("llamacpp", "http://localhost:8080/v1", KeyStyle.OPTIONAL_BEARER, server)
                .embeddings(VECTORS));
        add(host(GENERIC, null, KeyStyle.OPTIONAL_BEARER, COMMON)
                .embeddings(VECTORS)
                .responses(RESPONSES));
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

    private static HostProfile host(String name, @Nullable String baseUrl, KeyStyle key, @Nullable Dialect dialect) {
        return new HostProfile(name, baseUrl, key, dialect);
    }

    private static void add(HostProfile host) {
        BY_NAME.put(host.name(), host);
    }
}
