package io.aicore.llm.codec.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Response headers with case-insensitive names. */
public final class WireHeaders {

    /** No headers. */
    public static final WireHeaders EMPTY = new WireHeaders(Map.of());

    private final Map<String, List<String>> values;

    private WireHeaders(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Headers with one value each. */
    public static WireHeaders of(Map<String, String> headers) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, value) -> copy.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return new WireHeaders(copy);
    }

    /** Headers with any number of values each. */
    public static WireHeaders ofAll(Map<String, List<String>> headers) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, list) -> copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(list)));
        return new WireHeaders(copy);
    }

    /** The first value of this header. */
    public Optional<String> first(String name) {
        List<String> list = values.get(name.toLowerCase(Locale.ROOT));
        return list == null || list.isEmpty() ? Optional.empty() : Optional.of(list.get(0));
    }

    /** All names, in lower case. */
    public Set<String> names() {
        return values.keySet();
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
