package io.aicore.openai;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the options of a configuration say to this protocol. A host's own differences stand in {@link Hosts}; the options are
 * for servers that differ once more.
 *
 * @param apiVersion Azure: the {@code api-version}; with it, and without a path in the base URL, the classic paths are used
 * @param deployment Azure's classic paths: the deployment, where it is not named as the model
 * @param dialect the host's dialect, with what the options change of it
 */
record Options(@Nullable String apiVersion, @Nullable String deployment, Dialect dialect) {

    private static final Set<String> NAMES =
            Set.of("api_version", "deployment", "stream_usage", "max_tokens_field", "terminator", "json_schema");

    static Options of(Map<String, String> options, Dialect host) {
        for (String name : options.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "options." + name + ": unknown (expected: one of " + new TreeSet<>(NAMES) + ")");
            }
        }
        Dialect dialect = host;
        String field = choice(options, "max_tokens_field", "max_tokens", "max_completion_tokens");
        dialect = field == null ? dialect : dialect.maxTokens(field);
        String usage = choice(options, "stream_usage", "true", "false");
        dialect = usage == null ? dialect : dialect.streamUsage(usage.equals("true"));
        String terminator = choice(options, "terminator", "required", "optional");
        dialect = terminator == null ? dialect : dialect.terminator(terminator.equals("required"));
        String schema = choice(options, "json_schema", "native", "prompt");
        dialect = schema == null ? dialect : dialect.jsonSchema(schema.equals("native"));
        return new Options(options.get("api_version"), options.get("deployment"), dialect);
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
