package io.aicore.llm.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Maps provider names to the dependency that contains them, for error messages. */
public final class ProviderModules {

    private static final Map<String, String> MODULES = modules();

    private ProviderModules() {}

    public static Set<String> names() {
        return MODULES.keySet();
    }

    /** The suggestion for {@code name}, given the available names. */
    public static String advice(String name, Set<String> present) {
        StringBuilder advice = new StringBuilder(
                present.isEmpty()
                        ? "a provider on the class path, there is none"
                        : "one of: " + String.join(", ", present));
        @Nullable String module = MODULES.get(name);
        if (module != null) {
            return advice.append("; add io.aicore:").append(module).toString();
        }
        Set<String> all = new TreeSet<>(MODULES.keySet());
        all.addAll(present);
        String nearest = NearestName.to(name, all);
        @Nullable String missing = present.contains(nearest) ? null : MODULES.get(nearest);
        if (NearestName.resembles(name, nearest)) {
            advice.append("; did you mean '").append(nearest).append("'?");
            return missing == null ? advice.toString() : advice + " add io.aicore:" + missing;
        }
        Set<String> others = new TreeSet<>();
        MODULES.forEach((provider, artifact) -> {
            if (!present.contains(provider)) {
                others.add("io.aicore:" + artifact);
            }
        });
        return others.isEmpty() ? advice.toString() : advice + "; more with " + String.join(", ", others);
    }

    private static Map<String, String> modules() {
        Map<String, String> modules = new TreeMap<>();
        Stream.of("""
                openai azure-openai groq deepseek xai nvidia openrouter zai together fireworks cerebras voyage
                ollama-openai vllm llamacpp openai-compatible""".split("\\s+")).forEach(name -> modules.put(name, "aicore-openai"));
        modules.put("anthropic", "aicore-anthropic");
        modules.put("gemini", "aicore-gemini");
        modules.put("vertex", "aicore-gemini");
        modules.put("mistral", "aicore-mistral");
        modules.put("ollama", "aicore-ollama");
        modules.put("cohere", "aicore-cohere");
        modules.put("bedrock", "aicore-bedrock");
        return modules;
    }
}
