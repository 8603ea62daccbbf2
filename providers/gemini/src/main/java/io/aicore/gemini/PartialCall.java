package io.aicore.gemini;

import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function call that comes in pieces, as Vertex sends it with {@code streamFunctionCallArguments}: first its name, then
 * values of its arguments, each with a JSON path, long strings in several pieces.
 */
final class PartialCall {

    private static final Pattern STEP = Pattern.compile(
            "\\.([^.\\[\\]]+)|\\[(\\d{1,6})]|\\['((?:[^'\\\\]|\\\\.)*)']|\\[\"((?:[^\"\\\\]|\\\\.)*)\"]");
    private static final int MAX_STEPS = 50;
    // As long as the longest event of a stream is by default: an endless call must end somewhere.
    private static final int MAX_CHARS = 16 << 20;

    private final Map<String, Object> part = new LinkedHashMap<>();
    private final Map<String, Object> function = new LinkedHashMap<>();
    private final Map<String, Object> args = new LinkedHashMap<>();
    /** Strings that are not at their end, by path. */
    private final Map<String, StringBuilder> growing = new LinkedHashMap<>();

    private int chars;

    /** Adds this piece; false if it cannot be read. */
    boolean add(JsonFields piece) {
        piece.members().forEach((name, value) -> keep(part, name, value));
        JsonFields call = piece.at("functionCall");
        keep(function, "id", call.at("id"));
        keep(function, "name", call.at("name"));
        for (JsonFields value : call.at("partialArgs").elements()) {
            if (!set(value)) {
                return false;
            }
        }
        return true;
    }

    /** The call as if it had come in one part, with all that stood beside its pieces: the signature above all. */
    Map<String, Object> whole() {
        Map<String, Object> call = new LinkedHashMap<>(function);
        call.put("args", plain(args));
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("functionCall", call);
        part.forEach(whole::putIfAbsent);
        return whole;
    }

    private static void keep(Map<String, Object> into, String name, JsonFields node) {
        Object value = name.equals("functionCall") || node.isAbsent() ? null : node.plain();
        if (value != null) {
            into.putIfAbsent(name, value);
        }
    }

    private boolean set(JsonFields piece) {
        String path = piece.string("jsonPath");
        List<Object> steps = path == null ? List.of() : steps(path);
        if (path == null || steps.isEmpty()) {
            return false;
        }
        boolean more = piece.at("willContinue").isTrue();
        String text = piece.string("stringValue");
        StringBuilder begun = growing.get(path);
        chars += path.length() + (text == null ? 0 : text.length());
        if (chars > MAX_CHARS) {
            return false;
        }
        if (begun != null) {
            begun.append(text == null ? "" : text);
            if (!more) {
                growing.remove(path);
            }
            return true;
        }
        if (text == null) {
            return put(steps, value(piece));
        }
        StringBuilder string = new StringBuilder(text);
        if (more) {
            growing.put(path, string);
        }
        return put(steps, string);
    }

    private static @Nullable Object value(JsonFields piece) {
        JsonFields number = piece.at("numberValue");
        return (number.isMissing() ? piece.at("boolValue") : number).plain();
    }

    /** The names and indices of a path; empty if it has another form. */
    private static List<Object> steps(String path) {
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        int end = 1;
        while (end < path.length()) {
            step.region(end, path.length());
            if (!step.lookingAt() || steps.size() == MAX_STEPS) {
                return List.of();
            }
            end = step.end();
            steps.add(step(step));
        }
        return path.startsWith("$") ? steps : List.of();
    }

    private static Object step(Matcher step) {
        if (step.group(2) != null) {
            return Integer.valueOf(step.group(2));
        }
        if (step.group(1) != null) {
            return step.group(1);
        }
        String quoted = step.group(3) != null ? step.group(3) : step.group(4);
        return quoted.replaceAll("\\\\(.)", "$1");
    }

    private boolean put(List<Object> steps, @Nullable Object value) {
        @Nullable Object at = args;
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            Object below = last ? value : child(at, steps.get(i));
            if (below == null && !last) {
                below = steps.get(i + 1) instanceof Integer ? new ArrayList<>() : new LinkedHashMap<>();
            }
            if (!put(at, steps.get(i), below)) {
                return false;
            }
            at = below;
        }
        return true;
    }

    private static @Nullable Object child(@Nullable Object at, Object step) {
        if (at instanceof Map<?, ?> map) {
            return map.get(step);
        }
        return at instanceof List<?> list && step instanceof Integer index && index < list.size()
                ? list.get(index)
                : null;
    }

    /** False where the path does not fit what is there: a list grows by one at a time. */
    @SuppressWarnings("unchecked") // only our own maps and lists are in the tree
    private static boolean put(@Nullable Object at, Object step, @Nullable Object value) {
        if (at instanceof Map<?, ?> && step instanceof String name) {
            ((Map<String, @Nullable Object>) at).put(name, value);
            return true;
        }
        if (!(at instanceof List<?> && step instanceof Integer index)) {
            return false;
        }
        List<@Nullable Object> list = (List<@Nullable Object>) at;
        if (index < list.size()) {
            list.set(index, value);
        } else if (index == list.size()) {
            list.add(value);
        } else {
            return false;
        }
        return true;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, below) -> copy.put(String.valueOf(name), plain(below)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(below -> copy.add(plain(below)));
            return copy;
        }
        return value instanceof StringBuilder ? value.toString() : value;
    }
}
