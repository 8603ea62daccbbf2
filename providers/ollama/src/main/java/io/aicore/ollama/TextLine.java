package io.aicore.ollama;

import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.codec.wire.WireEvent;

/** The line that a stream is full of: the next words of a message that goes on. */
final class TextLine {

    private enum Slot {
        MODEL,
        CONTENT,
        THINKING
    }

    private static final JsonShape MESSAGE = JsonShape.of()
            .text("content", Slot.CONTENT)
            .text("thinking", Slot.THINKING)
            .ignored("role")
            .empty("tool_calls", Piece.IMAGES)
            .build();

    private static final JsonShape SHAPE = JsonShape.of()
            .object("message", MESSAGE)
            .text("model", Slot.MODEL)
            .isFalse("done")
            .ignored("created_at")
            .build();

    private final ShapedJson json = new ShapedJson(SHAPE, Slot.class);

    /** Whether this event is one; it is read then. */
    boolean fits(WireEvent event) {
        return event.fits(json);
    }

    String model() {
        return json.text(Slot.MODEL);
    }

    String text() {
        return json.text(Slot.CONTENT);
    }

    String thinking() {
        return json.text(Slot.THINKING);
    }
}
