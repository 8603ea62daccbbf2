package io.aicore.examples.server;

import java.util.Map;
import java.util.Set;

/** Whether somebody has said which provider the examples shall call. */
public final class Environment {

    private static final Set<String> OURS = Set.of("LLM_PROVIDER", "LLM_API_KEY", "LLM_BASE_URL");

    private static final Set<String> VENDORS = Set.of("""
            OPENAI_API_KEY AZURE_OPENAI_API_KEY GROQ_API_KEY MISTRAL_API_KEY DEEPSEEK_API_KEY XAI_API_KEY
            NVIDIA_API_KEY OPENROUTER_API_KEY ZAI_API_KEY TOGETHER_API_KEY FIREWORKS_API_KEY CEREBRAS_API_KEY""".split("\\s+"));

    private Environment() {}

    /** Whether these variables lead to a provider: ours do, or a vendor's own key. */
    public static boolean namesProvider(Map<String, String> variables) {
        return variables.entrySet().stream()
                .filter(variable -> !variable.getValue().isBlank())
                .map(Map.Entry::getKey)
                .anyMatch(name -> OURS.contains(name) || VENDORS.contains(name));
    }
}
