package io.aicore.llm.codec.wire;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Response headers with case-insensitive names. */
public final class WireHeaders {

    /** No headers. */
    public static final WireHeaders EMPTY = of(Map.of());

    /** Where the headers of a response are. */
    public interface Source {

        /** The first value of the header with this name in any case; null without one. */
        @Nullable
        String first(String name);

        /** Hands over all names, in lower case; one that occurs twice maybe twice. */
        void forEachName(Consumer<? super String> name);
    }

    /** Values by names in lower case. */
    private record Values(Map<String, String> firsts) implements Source {

        @Override
        public @Nullable String first(String name) {
            return firsts.get(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public void forEachName(Consumer<? super String> name) {
            firsts.keySet().forEach(name);
        }
    }

    private final Source source;

    private WireHeaders(Source source) {
        this.source = source;
    }

    /** Headers that are looked up when they are asked for. */
    public static WireHeaders in(Source source) {
        return new WireHeaders(source);
    }

    /** Headers with one value each. */
    public static WireHeaders of(Map<String, String> headers) {
        Map<String, String> copy = new LinkedHashMap<>();
        headers.forEach((name, value) -> copy.put(name.toLowerCase(Locale.ROOT), value));
        return new WireHeaders(new Values(copy));
    }

    /** The first value of this header. */
    public Optional<String> first(String name) {
        return Optional.ofNullable(source.first(name));
    }

    /** The first value of this header; null without one. */
    @Nullable
    String value(String name) {
        return source.first(name);
    }

    /** All names, in lower case. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        source.forEachName(names::add);
        return names;
    }

    void forEachName(Consumer<? super String> name) {
        source.forEachName(name);
    }

    @Override
    public String toString() {
        return names().toString();
    }
}
