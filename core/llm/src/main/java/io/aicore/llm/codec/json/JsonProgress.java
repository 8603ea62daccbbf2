package io.aicore.llm.codec.json;

/** Tracks a JSON value that arrives in pieces: an object, or a string that may contain one. */
public final class JsonProgress {

    private int depth;
    private boolean begun;
    private boolean quoted;
    private boolean escaped;
    private boolean whole;
    private boolean more;

    /** Starts before the value. */
    public JsonProgress() {}

    public void add(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            next(piece.charAt(i));
        }
    }

    private void next(char c) {
        if (escaped) {
            escaped = false;
        } else if (quoted) {
            escaped = c == '\\';
            quoted = c != '"';
            whole |= !quoted && depth == 0;
        } else if (Character.isWhitespace(c)) {
            return;
        } else if (whole) {
            more = true;
        } else if (begun || c == '{' || c == '"') {
            structure(c);
        } else {
            // Neither an object nor a string, whatever follows.
            more = true;
        }
        begun = true;
    }

    private void structure(char c) {
        switch (c) {
            case '"' -> quoted = true;
            case '{', '[' -> depth++;
            case '}', ']' -> whole = --depth == 0;
            default -> {
                // A name, a number, a comma.
            }
        }
    }

    /** Whether the value is complete. */
    public boolean whole() {
        return whole;
    }

    /** Whether it is complete, with nothing but white space around it. */
    public boolean alone() {
        return whole && !more;
    }
}
