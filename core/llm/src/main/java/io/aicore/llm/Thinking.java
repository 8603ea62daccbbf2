package io.aicore.llm;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.model.ModelFacts;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a model thinks before it answers, as far as can be known beforehand: the request's settings decide, then the
 * catalogue.
 */
final class Thinking {

    // Names that providers and the hosts of open models have for it, without case, dashes and underscores.
    private static final Set<String> FIELDS = Set.of("""
            reasoning reasoningeffort reasoningconfig reasoningbudget includereasoning enablereasoning think thinking
            thinkingconfig thinkingbudget thinkinglevel enablethinking""".split("\\s+"));
    // Objects in which protocols and hosts keep such fields.
    private static final Set<String> AROUND =
            Set.of("generationconfig", "additionalmodelrequestfields", "chattemplatekwargs", "extrabody", "options");
    // In an object it is these that turn thinking off: {"type": "disabled"}, {"effort": "none"}, {"thinkingBudget": 0}.
    private static final Set<String> SWITCHES =
            Set.of("type", "effort", "enabled", "thinkingbudget", "budgettokens", "maxtokens", "thinkinglevel");
    private static final Set<String> OFF = Set.of("", "none", "off", "false", "disabled", "disable", "no", "0");

    private Thinking() {}

    static boolean isExpected(CompletionRequest request, Optional<ModelFacts> known) {
        Boolean requested = requested(request);
        return requested == null ? known.map(ModelFacts::thinks).orElse(false) : requested;
    }

    /**
     * Whether the request enables thinking; a raw field overrides the typed one, as in the request sent. Null if it
     * does not set it.
     */
    private static @Nullable Boolean requested(CompletionRequest request) {
        Boolean raw = requested(request.extra());
        if (raw != null) {
            return raw;
        }
        ReasoningEffort effort = request.reasoningEffort();
        return effort == null ? null : effort != ReasoningEffort.NONE;
    }

    private static @Nullable Boolean requested(Map<?, ?> fields) {
        Boolean found = null;
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            String name = plain(field.getKey());
            Boolean here = null;
            if (FIELDS.contains(name)) {
                here = isOn(field.getValue());
            } else if (AROUND.contains(name) && field.getValue() instanceof Map<?, ?> inner) {
                here = requested(inner);
            }
            if (Boolean.TRUE.equals(here)) {
                return true;
            }
            found = here == null ? found : here;
        }
        return found;
    }

    private static boolean isOn(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .noneMatch(field -> SWITCHES.contains(plain(field.getKey())) && !isOn(field.getValue()));
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return value instanceof Collection<?> || !OFF.contains(plain(value));
    }

    private static String plain(@Nullable Object word) {
        return word == null ? "" : word.toString().toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }
}
