package io.aicore.openai;

import io.aicore.llm.chat.ReasoningEffort;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a host serves the Responses API.
 *
 * @param encrypted whether its reasoning models hand out their thoughts encrypted, to be handed back in the next turn
 */
record ResponsesDialect(boolean encrypted) {

    /** OpenAI's own. */
    static final ResponsesDialect OPENAI = new ResponsesDialect(true);

    /** What every host understands. */
    static final ResponsesDialect COMMON = new ResponsesDialect(false);

    // Other models refuse to be asked for encrypted thoughts.
    private static final Pattern REASONING = Pattern.compile("(?:o\\d|gpt-(?:[5-9]|\\d\\d)|codex)(?!.*-chat).*");

    /** Whether to ask this model for its thoughts: it reasons by its name, or by what is asked of it. */
    boolean asksForThoughts(@Nullable String model, @Nullable ReasoningEffort effort) {
        boolean reasons = effort != null && effort != ReasoningEffort.NONE;
        return encrypted
                && (reasons || (model != null && REASONING.matcher(model).matches()));
    }
}
