package io.aicore.llm.codec.wire;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A read-only map of names to values that may be secret: {@link #toString()} has the names only. */
public final class SecretValues extends AbstractMap<String, String> {

    private final Map<String, String> values;
    private final boolean fixed;

    private SecretValues(Map<String, String> values, boolean fixed) {
        this.values = values;
        this.fixed = fixed;
    }

    /** A view of this map, in its order; it finds names as this map does. */
    public static Map<String, String> of(Map<String, String> values) {
        return values instanceof SecretValues ? values : new SecretValues(Collections.unmodifiableMap(values), false);
    }

    /** A copy of this map in no certain order; the map itself if it is such a copy. */
    public static Map<String, String> copyOf(Map<String, String> values) {
        return values instanceof SecretValues known && known.fixed ? known : new SecretValues(Map.copyOf(values), true);
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return values.entrySet();
    }

    @Override
    public boolean containsKey(Object name) {
        return values.containsKey(name);
    }

    @Override
    public @Nullable String get(Object name) {
        return values.get(name);
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
