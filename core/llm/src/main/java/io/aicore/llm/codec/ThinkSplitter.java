package io.aicore.llm.codec;

import java.util.List;
import java.util.Locale;

/**
 * Separates the think blocks at the start of a text from the rest, incrementally; the result does not depend on how the
 * text is cut. Holds back what may become a tag, and white space before one: a few characters.
 */
final class ThinkSplitter {

    private static final List<String> TAGS = List.of("<think>", "<thinking>");
    // White space at an edge is no content; so much of it is.
    private static final int LONGEST_GAP = 256;

    private enum State {
        /** Nothing but white space so far, or since the last block. */
        BEFORE,
        WITHIN,
        TEXT
    }

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder held = new StringBuilder();
    private State state = State.BEFORE;
    private String closing = "";
    private int matched;
    private boolean anyBlock;
    private boolean anyThought;
    private boolean blockBegun;

    /** Whether a text that begins like this may have a block. */
    static boolean mayBegin(String text) {
        return text.stripLeading().startsWith("<");
    }

    /** Whether there was a block. */
    boolean anyBlock() {
        return anyBlock;
    }

    /** Whether the blocks are over, so that whatever comes is text as it is. */
    boolean passes() {
        return state == State.TEXT && text.isEmpty() && reasoning.isEmpty();
    }

    void add(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            switch (state) {
                case BEFORE -> before(piece.charAt(i));
                case WITHIN -> within(piece.charAt(i));
                case TEXT -> {
                    text.append(piece, i, piece.length());
                    return;
                }
            }
        }
    }

    /** The end of the text: held-back characters are no tag. */
    void end() {
        if (state == State.BEFORE) {
            beginText();
        } else if (matched > 0) {
            think();
        }
        held.setLength(0);
        matched = 0;
    }

    /** The text since the last call. */
    String takeText() {
        return take(text);
    }

    /** The reasoning since the last call. */
    String takeReasoning() {
        return take(reasoning);
    }

    private static String take(StringBuilder builder) {
        String taken = builder.toString();
        builder.setLength(0);
        return taken;
    }

    private void before(char c) {
        held.append(c);
        int gap = gap();
        if (gap == held.length()) {
            if (gap >= LONGEST_GAP) {
                beginText();
            }
            return;
        }
        String begun = held.substring(gap).toLowerCase(Locale.ROOT);
        if (TAGS.contains(begun)) {
            closing = "</" + begun.substring(1);
            held.setLength(0);
            anyBlock = true;
            blockBegun = false;
            state = State.WITHIN;
        } else if (TAGS.stream().noneMatch(tag -> tag.startsWith(begun))) {
            beginText();
        }
    }

    private int gap() {
        int gap = 0;
        while (gap < held.length() && Character.isWhitespace(held.charAt(gap))) {
            gap++;
        }
        return gap;
    }

    /** The text begins after the blank lines that follow a block; the indentation of its first line is kept. */
    private void beginText() {
        int gap = anyBlock ? gap() : 0;
        int line = held.substring(0, gap).lastIndexOf("\n") + 1;
        text.append(held, line == 0 || gap == held.length() ? gap : line, held.length());
        held.setLength(0);
        state = State.TEXT;
    }

    private void within(char c) {
        if (Character.toLowerCase(c) == closing.charAt(matched)) {
            held.append(c);
            matched++;
            if (matched == closing.length()) {
                held.setLength(0);
                matched = 0;
                state = State.BEFORE;
            }
            return;
        }
        if (matched > 0) {
            think();
            matched = 0;
            within(c);
        } else if (!Character.isWhitespace(c)) {
            held.append(c);
            think();
        } else if (blockBegun) {
            held.append(c);
            if (held.length() >= LONGEST_GAP) {
                think();
            }
        }
    }

    private void think() {
        if (!blockBegun && anyThought) {
            reasoning.append("\n\n");
        }
        reasoning.append(held);
        held.setLength(0);
        blockBegun = true;
        anyThought = true;
    }
}
