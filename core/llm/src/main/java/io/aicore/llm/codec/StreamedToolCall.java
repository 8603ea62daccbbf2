package io.aicore.llm.codec;

import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.json.JsonProgress;
import org.jspecify.annotations.Nullable;

/**
 * A tool call assembled from fragments. Hosts send an empty object before the real arguments: what may be one is held
 * back until more is known.
 */
final class StreamedToolCall {

    private final int index;
    private final String announced;
    private String id = "";
    private String name = "";
    private StringBuilder arguments = new StringBuilder();
    private JsonProgress progress = new JsonProgress();
    private boolean told;
    private boolean open;
    private boolean perhapsNext;
    private int delta;

    /**
     * @param index index of its fragments
     * @param announced the name to use without another; may be empty
     */
    StreamedToolCall(int index, String announced) {
        this.index = index;
        this.announced = announced;
    }

    boolean hasId() {
        return !id.isEmpty();
    }

    String name() {
        return name;
    }

    /**
     * Whether this fragment begins another call. Some hosts repeat the name in every fragment: it begins another call
     * only after complete arguments.
     */
    boolean endsBefore(ToolCallFragment next) {
        String more = next.arguments().strip();
        if (next.name().isEmpty() || name.isEmpty()) {
            boolean goesOn = perhapsNext && progress.whole() && !more.isEmpty();
            perhapsNext &= more.isEmpty();
            return goesOn;
        }
        if (!next.name().equals(name)) {
            return true;
        }
        if (isEmptyObject()) {
            return !more.isEmpty() && next.delta() == delta;
        }
        boolean repeated = more.isEmpty() || isRepetition(next);
        perhapsNext = progress.whole() && more.isEmpty();
        return progress.whole() && !repeated;
    }

    boolean whole() {
        return progress.whole();
    }

    /** The delta of this fragment; null if it adds nothing. */
    @Nullable
    ToolCallDelta add(ToolCallFragment fragment) {
        delta = fragment.delta();
        boolean newId = id.isEmpty() && !fragment.id().isEmpty();
        String said = fragment.name().isEmpty() && name.isEmpty() ? announced : fragment.name();
        boolean newName = !said.isEmpty() && !said.equals(name);
        id = newId ? fragment.id() : id;
        name = newName ? said : name;
        String more = isRepetition(fragment) ? "" : grow(fragment.arguments());
        boolean news = !told || newId || newName || !more.isEmpty();
        told = true;
        return news ? new ToolCallDelta(index, newId ? id : null, newName ? name : null, more) : null;
    }

    /** The held-back arguments; null without any. */
    @Nullable
    ToolCallDelta rest() {
        boolean held = !open && !arguments.isEmpty();
        open = true;
        return held ? new ToolCallDelta(index, null, null, arguments.toString()) : null;
    }

    /** Some hosts repeat the whole call at the end of a stream. */
    private boolean isRepetition(ToolCallFragment fragment) {
        return hasId()
                && fragment.id().equals(id)
                && progress.whole()
                && open
                && fragment.arguments().strip().equals(arguments.toString().strip());
    }

    private boolean isEmptyObject() {
        return !open && arguments.toString().strip().equals(ToolArguments.NONE);
    }

    private String grow(String piece) {
        boolean replaces = isEmptyObject() && !piece.isBlank();
        if (replaces) {
            arguments = new StringBuilder();
            progress = new JsonProgress();
        }
        arguments.append(piece);
        progress.add(piece);
        if (open) {
            return piece;
        }
        if (ToolArguments.NONE.startsWith(arguments.toString().strip())) {
            return "";
        }
        open = true;
        return arguments.toString();
    }
}
