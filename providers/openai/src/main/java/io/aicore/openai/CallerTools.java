package io.aicore.openai;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.json.JsonFields;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes the caller's tool calls in an answer. xAI reports its own searches as items that look like calls of
 * custom tools: the caller's are those of a custom tool that the request declares, or may have declared elsewhere.
 *
 * @param custom the names of the declared custom tools
 * @param elsewhere whether tools may be declared outside the request
 */
record CallerTools(Set<String> custom, boolean elsewhere) {

    /** Of a request that is not at hand. */
    static final CallerTools ANY = new CallerTools(Set.of(), true);

    // A stored prompt has tools of its own.
    private static final String PROMPT = "prompt";

    static final String CUSTOM_CALL = "custom_tool_call";
    private static final String FUNCTION_CALL = "function_call";

    static CallerTools of(CompletionRequest request) {
        Set<String> names = new HashSet<>();
        collect(request.tools().hosted(), names);
        collect(request.extra().get("tools"), names);
        // Tools that a search of the caller's found stand in the input.
        collect(request.extra().get("input"), names);
        return new CallerTools(Set.copyOf(names), request.extra().containsKey(PROMPT));
    }

    boolean isCall(JsonFields item) {
        return switch (item.text("type")) {
            case FUNCTION_CALL -> true;
            case CUSTOM_CALL -> elsewhere || custom.contains(item.text("name"));
            default -> false;
        };
    }

    /** Tools may stand within others, as those of a namespace do. */
    private static void collect(@Nullable Object raw, Set<String> names) {
        if (raw instanceof Map<?, ?> fields) {
            if ("custom".equals(fields.get("type")) && fields.get("name") instanceof String name) {
                names.add(name);
            }
            fields.values().forEach(value -> collect(value, names));
        } else if (raw instanceof Collection<?> list) {
            list.forEach(one -> collect(one, names));
        }
    }
}
