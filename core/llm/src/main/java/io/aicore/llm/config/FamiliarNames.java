package io.aicore.llm.config;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Suggestions for settings written under another name: names of other libraries, then the nearest known setting. */
final class FamiliarNames {

    private static final String REQUEST = "expected: on the request, as CompletionRequest.builder().";

    /** Variables that set an address in other programs: ignoring one would send the key to the wrong host. */
    static final Set<String> ADDRESSES = Set.of("""
            LLM_URL LLM_API_URL LLM_API_BASE LLM_BASE LLM_ENDPOINT LLM_API_ENDPOINT LLM_HOST LLM_SERVER""".split("\\s+"));

    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("LLM_TIMEOUT", meant("LLM_DEADLINE for the whole call, or LLM_ATTEMPT_TIMEOUT for one attempt")),
            Map.entry("LLM_REQUEST_TIMEOUT", meant("LLM_ATTEMPT_TIMEOUT")),
            Map.entry("LLM_RETRIES", meant("LLM_MAX_RETRIES")),
            Map.entry("LLM_RETRY", meant("LLM_MAX_RETRIES")),
            Map.entry("LLM_MAX_ATTEMPTS", meant("LLM_MAX_RETRIES")),
            Map.entry("LLM_RETRY_COUNT", meant("LLM_MAX_RETRIES")),
            Map.entry("LLM_RETRY_ATTEMPTS", meant("LLM_MAX_RETRIES")),
            Map.entry("LLM_RETRY_MAX_ATTEMPTS", meant("LLM_MAX_RETRIES")),
            Map.entry("LLM_RETRY_MAX_RETRIES", meant("LLM_MAX_RETRIES")),
            Map.entry("LLM_HTTP_MAX_CONNECTIONS", meant("LLM_MAX_CONNECTIONS")),
            Map.entry("LLM_HTTP_PROXY", meant("LLM_PROXY")),
            Map.entry("LLM_KEY", meant("LLM_API_KEY")),
            Map.entry("LLM_TOKEN", meant("LLM_API_KEY")),
            Map.entry("LLM_MODEL_NAME", meant("LLM_MODEL")),
            Map.entry("LLM_TOP_P", REQUEST + "topP(…)"));

    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("retry", meant("retry_settings")),
            Map.entry("retries", meant("retry_settings.max_retries")),
            Map.entry("max_retries", meant("retry_settings.max_retries")),
            Map.entry("timeout", meant("deadline for the whole call, or attempt_timeout for one attempt")),
            Map.entry(
                    "timeouts",
                    meant(
                            "deadline, connect_timeout, first_token_timeout, first_content_timeout, idle_timeout or attempt_timeout, each at the top")),
            Map.entry("http", meant("http_settings")),
            Map.entry("circuit", meant("circuit_settings")),
            Map.entry("circuit_breaker", meant("circuit_settings")),
            Map.entry("url", meant("base_url")),
            Map.entry("endpoint", meant("base_url")),
            Map.entry("host", meant("base_url")),
            Map.entry("api_base", meant("base_url")),
            Map.entry("key", meant("api_key")),
            Map.entry("token", meant("api_key")),
            Map.entry("model_name", meant("model")),
            Map.entry("top_p", REQUEST + "topP(…)"),
            Map.entry("stop", REQUEST + "stop(…)"),
            Map.entry("seed", REQUEST + "seed(…)"),
            Map.entry("retry_settings.enabled", "expected: retry_settings.max_retries, 0 for none"),
            Map.entry("retry_settings.retries", meant("retry_settings.max_retries")),
            Map.entry("retry_settings.delay", meant("retry_settings.initial_delay")),
            Map.entry("retry_settings.backoff", meant("retry_settings.backoff_factor")),
            Map.entry("retry_settings.multiplier", meant("retry_settings.backoff_factor")));

    private FamiliarNames() {}

    /** The suggestion for this variable; null if it resembles no known one. */
    static @Nullable String ofVariable(String name, Collection<String> known) {
        if (ADDRESSES.contains(name)) {
            return meant("LLM_BASE_URL");
        }
        @Nullable String familiar = VARIABLES.get(name);
        if (familiar != null) {
            return familiar;
        }
        String prefix = "LLM_";
        String nearest = NearestName.to(name, known);
        return NearestName.resembles(name.substring(prefix.length()), nearest.substring(prefix.length()))
                ? meant(nearest)
                : null;
    }

    /** Whether other programs may use a variable of this name; it causes a warning, not an error. */
    static boolean isOthers(String variable) {
        return ADDRESSES.contains(variable) || VARIABLES.containsKey(variable);
    }

    /** The suggestion for this variable in a reserved part of the names. */
    static String oneOf(String prefix, Collection<String> known) {
        Set<String> names = new TreeSet<>(known);
        names.removeIf(name -> !name.startsWith(prefix));
        return "expected one of: " + String.join(", ", names);
    }

    /**
     * The suggestion for this key of a file.
     *
     * @param path without the root
     * @param root {@code llm.}, or empty
     */
    static String ofKey(String root, String path, Collection<String> known) {
        @Nullable String familiar = KEYS.get(path);
        if (familiar != null) {
            return familiar;
        }
        String nearest = NearestName.toPath(path, known);
        if (NearestName.resembles(path, nearest) || NearestName.resembles(last(path), last(nearest))) {
            return meant(root + nearest);
        }
        String group = path.substring(0, path.lastIndexOf('.') + 1);
        Map<String, String> siblings = new TreeMap<>();
        known.stream()
                .filter(name -> name.startsWith(group) && name.indexOf('.', group.length()) < 0)
                .forEach(name -> siblings.put(name, name.substring(group.length())));
        return "expected one of: " + String.join(", ", siblings.values());
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String meant(String names) {
        return "did you mean " + names + "?";
    }

    /** The error of an unknown setting; the advice is one of the suggestions above. */
    static IllegalArgumentException unknown(String where, String name, String advice) {
        return new IllegalArgumentException(where + name + ": unknown (" + advice + ")");
    }
}
