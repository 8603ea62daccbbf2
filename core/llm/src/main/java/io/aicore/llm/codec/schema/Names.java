package io.aicore.llm.codec.schema;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of an enum; in another case or with other separators too ({@code very-good} for {@code VERY_GOOD}). */
final class Names {

    private final Map<String, Object> exact = new LinkedHashMap<>();
    // Null where two constants differ in case and separators alone.
    private final Map<String, @Nullable Object> bare = new HashMap<>();

    private Names() {}

    static Names of(Class<?> kind) {
        Names names = new Names();
        for (Object constant : kind.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            names.exact.put(name, constant);
            boolean taken = names.bare.containsKey(bare(name));
            names.bare.put(bare(name), taken ? null : constant);
        }
        return names;
    }

    List<String> exact() {
        return List.copyOf(exact.keySet());
    }

    /** The matching constant; null if there is none, or more than one. */
    @Nullable
    Object constant(String name) {
        Object constant = exact.get(name);
        return constant == null ? bare.get(bare(name)) : constant;
    }

    private static String bare(String name) {
        return name.replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT);
    }
}
