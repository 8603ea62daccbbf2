package io.aicore.llm.codec.json;

/**
 * Tracks one JSON object, array or string from its first character to its last; works on characters and UTF-8 bytes.
 */
public final class Nesting {

    private int depth;
    private boolean string;
    private boolean escaped;

    /** Starts outside of any value. */
    public Nesting() {}

    /** Whether this character can be the first one. */
    public static boolean opens(int c) {
        return c == '{' || c == '[' || c == '"';
    }

    /** Consumes the next character; true if it is the last one. */
    public boolean closes(int c) {
        if (string) {
            string = escaped || c != '"';
            escaped = !escaped && c == '\\';
            return !string && depth == 0;
        }
        switch (c) {
            case '"' -> string = true;
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {
                return false;
            }
        }
        return !string && depth == 0;
    }
}
