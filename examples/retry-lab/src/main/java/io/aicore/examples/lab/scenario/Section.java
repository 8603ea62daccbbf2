package io.aicore.examples.lab.scenario;

import io.aicore.examples.lab.scenario.Study.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a YAML file. Each key is asked for once; {@link #end()} refuses those that nobody asked for. Every message names
 * the key with its path, the value and what is expected.
 */
final class Section {

    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|min|h)");
    private static final double MILLI = 0.001;
    private static final double MINUTE = 60;
    private static final double HOUR = 3_600;

    private final String path;
    private final Map<String, Object> values;
    private final Set<String> known = new LinkedHashSet<>();

    Section(String path, Map<String, Object> values) {
        this.path = path;
        this.values = values;
    }

    /** The content of a file or of a key, which must be a mapping. */
    static Section of(String path, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(path, value, "a mapping");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, entry) -> {
            if (entry == null) {
                throw wrong(child(path, String.valueOf(key)), null, "a value");
            }
            values.put(String.valueOf(key), entry);
        });
        return new Section(path, values);
    }

    private static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    String path(String key) {
        return child(path, key);
    }

    static IllegalArgumentException wrong(String path, @Nullable Object value, String expected) {
        String shown = value instanceof String ? "'" + value + "'" : String.valueOf(value);
        return new IllegalArgumentException(
                (path.isEmpty() ? "" : path + ": ") + shown + " (expected: " + expected + ")");
    }

    boolean has(String key) {
        known.add(key);
        return values.containsKey(key);
    }

    @Nullable
    Object raw(String key) {
        known.add(key);
        return values.get(key);
    }

    /** The section of this key; an empty one if it is absent. */
    Section section(String key) {
        Object value = raw(key);
        return value == null ? new Section(path(key), Map.of()) : of(path(key), value);
    }

    /** The sections of a list; none if the key is absent. */
    List<Section> sections(String key) {
        Object value = raw(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(path(key), value, "a list of mappings");
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            sections.add(of(path(key) + "[" + i + "]", list.get(i)));
        }
        return sections;
    }

    List<String> strings(String key) {
        Object value = raw(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(path(key), value, "a list");
        }
        return list.stream().map(String::valueOf).toList();
    }

    String string(String key, String otherwise) {
        Object value = raw(key);
        return value == null ? otherwise : String.valueOf(value).strip();
    }

    boolean bool(String key, boolean otherwise) {
        Object value = raw(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw wrong(path(key), value, "true or false");
    }

    /** One of these words, in lower case with hyphens, or the default. */
    <E extends Enum<E>> E word(String key, Class<E> type, E otherwise) {
        Object value = raw(key);
        if (value == null) {
            return otherwise;
        }
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (word.equals(value)) {
                return constant;
            }
            words.add(word);
        }
        throw wrong(path(key), value, String.join(", ", words));
    }

    double number(String key, double otherwise, Range range) {
        Object value = raw(key);
        return value == null ? otherwise : number(path(key), value, range);
    }

    double number(String key, Range range) {
        Object value = raw(key);
        if (value == null) {
            throw new IllegalArgumentException(path(key) + ": missing (expected: " + range + ")");
        }
        return number(path(key), value, range);
    }

    int count(String key, int otherwise, Range range) {
        double value = number(key, otherwise, range);
        if (value != Math.rint(value)) {
            throw wrong(path(key), value, "a whole number, " + range);
        }
        return (int) value;
    }

    /** A whole number or the word {@code unlimited}. */
    int countOrUnlimited(String key, int otherwise, Range range) {
        return "unlimited".equals(raw(key)) ? Integer.MAX_VALUE : count(key, otherwise, range);
    }

    private static double number(String path, Object value, Range range) {
        if (value instanceof Number number && range.contains(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(path, value, range.toString());
    }

    /** Seconds: a number, or a text such as 250ms, 5s, 2m. */
    double seconds(String key, double otherwise, Range range) {
        Object value = raw(key);
        return value == null ? otherwise : seconds(path(key), value, range);
    }

    double seconds(String key, Range range) {
        Object value = raw(key);
        if (value == null) {
            throw new IllegalArgumentException(path(key) + ": missing (expected: seconds, " + range + ")");
        }
        return seconds(path(key), value, range);
    }

    /** A period of which both ends are required. */
    Window period(Range range, double end) {
        return period(seconds("from", range), seconds("to", range), end);
    }

    /** A period whose missing ends are those of {@code otherwise}. */
    Window period(Range range, Window otherwise, double end) {
        double from = seconds("from", otherwise.from(), range);
        return period(from, seconds("to", otherwise.to(), range), end);
    }

    private Window period(double from, double to, double end) {
        if (from >= end) {
            throw wrong(path("from"), from, "before the end, " + end);
        }
        if (to <= from) {
            throw wrong(path("to"), to, "after from, " + from);
        }
        return new Window(from, to);
    }

    static double seconds(String path, Object value, Range range) {
        Double seconds = value instanceof Number number ? Double.valueOf(number.doubleValue()) : parsed(value);
        if (seconds == null || !range.contains(seconds)) {
            throw wrong(path, value, "seconds or a text such as 250ms, 5s, 2m; " + range);
        }
        return seconds;
    }

    private static @Nullable Double parsed(Object value) {
        Matcher matcher = DURATION.matcher(String.valueOf(value).strip());
        if (!matcher.matches()) {
            return null;
        }
        double unit = switch (String.valueOf(matcher.group(2))) {
            case "ms" -> MILLI;
            case "s" -> 1;
            case "h" -> HOUR;
            default -> MINUTE;
        };
        return Double.parseDouble(String.valueOf(matcher.group(1))) * unit;
    }

    /** Makes something of a value, and puts the path before the message of what refuses it. */
    <T> T made(String key, Function<String, T> maker) {
        try {
            return maker.apply(key);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(path(key)) ? e : new IllegalArgumentException(path(key) + ": " + message, e);
        }
    }

    /** Every key, in the order of the file. */
    Set<String> keys() {
        known.addAll(values.keySet());
        return values.keySet();
    }

    /** Refuses what nobody asked for. */
    void end() {
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw new IllegalArgumentException(
                        path(entry.getKey()) + ": unknown (expected one of: " + String.join(", ", known) + ")");
            }
        }
    }

    /** Bounds of a number, inclusive unless they are open. */
    record Range(double low, double high, boolean open) {

        static Range of(double low, double high) {
            return new Range(low, high, false);
        }

        /** More than {@code low}. */
        static Range above(double low, double high) {
            return new Range(low, high, true);
        }

        boolean contains(double value) {
            return (open ? value > low : value >= low) && value <= high;
        }

        private static String text(double value) {
            return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
        }

        @Override
        public String toString() {
            return (open ? "more than " : "") + text(low) + (open ? ", at most " : " to ") + text(high);
        }
    }
}
