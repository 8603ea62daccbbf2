package io.aicore.openai;

import io.aicore.llm.codec.ThinkBlocks;
import io.aicore.llm.codec.completions.EmbeddingDialect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options of the configuration, for servers that differ from their host's entry in {@link Hosts}.
 *
 * @param apiVersion Azure: the {@code api-version}; with it, and without a path in the base URL, the classic paths are
 *     used
 * @param deployment Azure's classic paths: the deployment for completions, if it is not the model's name
 * @param embeddingDeployment Azure's classic paths: the deployment for embeddings
 * @param dialect the host's dialect with the options applied; null without completions
 * @param embeddings the host's embeddings with the options applied; null without embeddings
 * @param responses how to use the Responses API for completions; null for chat completions
 */
record Options(
        @Nullable String apiVersion,
        @Nullable String deployment,
        @Nullable String embeddingDeployment,
        @Nullable Dialect dialect,
        @Nullable EmbeddingDialect embeddings,
        @Nullable ResponsesDialect responses) {

    private static final String AZURE = "api_version deployment embedding_deployment ";
    private static final String CHAT =
            "api stream_usage max_tokens_field terminator json_schema " + ThinkBlocks.OPTION + " ";
    private static final String EMBEDDINGS = "max_inputs ";

    static Options of(Map<String, String> options, HostProfile host) {
        Set<String> names = new TreeSet<>(
                List.of((AZURE + (host.dialect() == null ? "" : CHAT) + (host.embeddings() == null ? "" : EMBEDDINGS))
                        .split(" ")));
        for (String name : options.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("options." + name + ": unknown (expected: one of " + names + ")");
            }
        }
        return new Options(
                options.get("api_version"),
                options.get("deployment"),
                options.get("embedding_deployment"),
                host.dialect() == null ? null : dialect(options, host.dialect()),
                host.embeddings() == null ? null : embeddings(options, host.embeddings()),
                "responses".equals(choice(options, "api", "chat", "responses")) ? responses(host) : null);
    }

    private static ResponsesDialect responses(HostProfile host) {
        if (host.responses() == null) {
            throw new IllegalArgumentException("options.api: 'responses' (expected: chat, as " + host.name()
                    + " is not known to serve the Responses API; " + Hosts.GENERIC + " takes any address)");
        }
        return host.responses();
    }

    /** Whether they name an Azure deployment. */
    boolean deployed() {
        return deployment != null || embeddingDeployment != null;
    }

    private static Dialect dialect(Map<String, String> options, Dialect host) {
        Dialect dialect = host;
        String field = choice(options, "max_tokens_field", "max_tokens", "max_completion_tokens");
        dialect = field == null ? dialect : dialect.maxTokens(field);
        String usage = choice(options, "stream_usage", "true", "false");
        dialect = usage == null ? dialect : dialect.streamUsage(usage.equals("true"));
        String terminator = choice(options, "terminator", "required", "optional");
        dialect = terminator == null ? dialect : dialect.terminator(terminator.equals("required"));
        String schema = choice(options, "json_schema", "native", "prompt");
        return schema == null ? dialect : dialect.jsonSchema(schema.equals("native"));
    }

    private static EmbeddingDialect embeddings(Map<String, String> options, EmbeddingDialect host) {
        String inputs = options.get("max_inputs");
        if (inputs == null) {
            return host;
        }
        if (!inputs.matches("[1-9]\\d{0,6}")) {
            throw new IllegalArgumentException("options.max_inputs: '" + inputs + "' (expected: a whole number >= 1)");
        }
        return host.maxInputs(Integer.parseInt(inputs));
    }

    private static @Nullable String choice(Map<String, String> options, String name, String one, String other) {
        String value = options.get(name);
        if (value != null && !value.equals(one) && !value.equals(other)) {
            throw new IllegalArgumentException(
                    "options." + name + ": '" + value + "' (expected: " + one + " or " + other + ")");
        }
        return value;
    }
}
