package io.aicore.llm.codec.json;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into the JSON documents it contains, one after the other; {@code [DONE]} counts as one. Anything that
 * is not JSON is one piece to the end of the text: nothing is lost but the white space between them.
 */
public final class JsonDocuments {

    private static final int BRACE = '{' ^ '[';

    private JsonDocuments() {}

    /** The documents; empty if there is only white space. */
    public static List<String> in(String text) {
        List<String> documents = new ArrayList<>(1);
        int from = start(text, 0);
        while (from < text.length()) {
            int end = end(text, from);
            int to = end < 0 ? text.length() : end;
            documents.add(text.substring(from, to));
            from = start(text, to);
        }
        return documents;
    }

    /** Whether this is exactly one document, valid or not. */
    public static boolean whole(String document) {
        return end(document, 0) == document.length();
    }

    /**
     * Whether the object or array that begins these bytes ends with them.
     *
     * @param to behind the last byte
     */
    public static boolean isOne(byte[] bytes, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            // A brace and a bracket differ in this bit alone.
            int kind = bytes[i] | BRACE;
            if (bytes[i] == '"') {
                i = endOfString(bytes, i + 1, to);
            } else if (kind == '{') {
                depth++;
            } else if (kind == '}' && --depth == 0) {
                return i == to - 1;
            }
        }
        return false;
    }

    /** The quote at the end of the string whose first byte this is; behind the last byte if there is none. */
    static int endOfString(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != '"') {
            end += bytes[end] == '\\' ? 2 : 1;
        }
        return end;
    }

    /**
     * Whether this is an object or array followed by an object, or an array that begins with a complete object and does
     * not end there.
     */
    public static boolean several(byte[] body) {
        int start = TextForm.start(body);
        int inner = start + 1 < body.length && body[start] == '[' ? skipped(body, start + 1) : body.length;
        if (inner < body.length && body[inner] == '{') {
            int end = end(body, inner);
            int next = skipped(body, end);
            boolean alone = next < body.length && body[next] == ']';
            return end <= body.length && (!alone || begins(body, next + 1));
        }
        return begins(body, end(body, start));
    }

    private static boolean begins(byte[] body, int from) {
        int next = skipped(body, from);
        return next < body.length && body[next] == '{';
    }

    /** End of the document that begins here; behind the body if it has none. */
    private static int end(byte[] body, int from) {
        Nesting nesting = new Nesting();
        int last = from;
        while (last < body.length && !nesting.closes(body[last])) {
            last++;
        }
        return last + 1;
    }

    private static int skipped(byte[] body, int from) {
        int next = from;
        while (next < body.length && TextForm.isSpace(body[next])) {
            next++;
        }
        return next;
    }

    private static int start(String text, int from) {
        int start = from;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        return start;
    }

    /** End of the document that begins here; -1 if there is none, or it has no end. */
    private static int end(String text, int from) {
        if (!Nesting.opens(text.charAt(from))) {
            return word(text, from);
        }
        Nesting nesting = new Nesting();
        for (int i = from; i < text.length(); i++) {
            if (nesting.closes(text.charAt(i))) {
                return i + 1;
            }
        }
        return -1;
    }

    /** A literal or a number, which ends with the text or before something else. */
    private static int word(String text, int from) {
        int end = from;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        boolean alone =
                end == text.length() || Character.isWhitespace(text.charAt(end)) || Nesting.opens(text.charAt(end));
        return alone && isScalar(text.substring(from, end)) ? end : -1;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.';
    }

    private static boolean isScalar(String word) {
        return switch (word) {
            case "null", "true", "false" -> true;
            default -> word.matches("-?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,4})?");
        };
    }
}
