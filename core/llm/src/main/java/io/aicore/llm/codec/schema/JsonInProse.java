package io.aicore.llm.codec.schema;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the complete JSON objects and arrays in a text, but none inside another. After a document without an end
 * nothing more is found, because it would be a part of that document.
 */
final class JsonInProse {

    private static final int MOST_FOUND = 1_000;
    // Braces that nothing closes are each looked for up to the end of the text.
    private static final int MOST_WORK_PER_CHARACTER = 16;

    /**
     * @param start where it begins in the text
     * @param end after its last character
     */
    record Found(int start, int end, JsonFields tree) {}

    private final String text;
    private final List<Found> found = new ArrayList<>();
    private long work;

    private JsonInProse(String text) {
        this.text = text;
        this.work = (long) MOST_WORK_PER_CHARACTER * text.length();
    }

    static List<Found> in(String text) {
        JsonInProse prose = new JsonInProse(text);
        int at = 0;
        while (at >= 0 && at < text.length() && prose.work > 0 && prose.found.size() < MOST_FOUND) {
            at = prose.next(at);
        }
        return prose.found;
    }

    /** Position to continue at; -1 for none. */
    private int next(int at) {
        char c = text.charAt(at);
        if (c != '{' && c != '[') {
            return at + 1;
        }
        int end = end(at);
        if (end < 0) {
            return beginsJson(at) ? -1 : at + 1;
        }
        JsonFields tree = tree(text.substring(at, end));
        if (tree != null) {
            found.add(new Found(at, end, tree));
        }
        return tree != null || beginsJson(at) ? end : at + 1;
    }

    /** Position after the matching closing bracket; -1 without one. Brackets in strings do not count. */
    private int end(int start) {
        int depth = 0;
        boolean string = false;
        for (int i = start; i < text.length(); i++) {
            work--;
            char c = text.charAt(i);
            if (string) {
                i += c == '\\' ? 1 : 0;
                string = c != '"';
            } else if (c == '"') {
                string = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Whether this bracket begins a document, well-formed or not, rather than prose in brackets. */
    private boolean beginsJson(int at) {
        int next = at + 1;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        char first = next < text.length() ? text.charAt(next) : text.charAt(at);
        return text.charAt(at) == '{' ? first == '"' : first == '{' || first == '[' || first == '"';
    }

    private static @Nullable JsonFields tree(String json) {
        try {
            return Json.readExact(json);
        } catch (MalformedJsonException e) {
            return null;
        }
    }
}
