package io.aicore.anthropic;

import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.codec.wire.WireEvent;

/** The event that a stream is full of: the next words of a block of text, or of thoughts. */
final class TextDelta {

    private enum Slot {
        TYPE,
        INDEX,
        KIND,
        TEXT,
        THINKING
    }

    private static final JsonShape SHAPE = JsonShape.of()
            .text("type", Slot.TYPE)
            .count("index", Slot.INDEX)
            .object(
                    "delta",
                    JsonShape.of()
                            .text("type", Slot.KIND)
                            .text("text", Slot.TEXT)
                            .text("thinking", Slot.THINKING)
                            .build())
            .build();

    private final ShapedJson json = new ShapedJson(SHAPE);

    /** Whether this event is one; it is read then. */
    boolean fits(WireEvent event) {
        return event.fits(json)
                && json.text(Slot.TYPE).equals("content_block_delta")
                && (json.text(Slot.KIND).equals("text_delta") || isThought());
    }

    boolean isThought() {
        return json.text(Slot.KIND).equals("thinking_delta");
    }

    int index() {
        return json.index(Slot.INDEX);
    }

    String words() {
        return json.text(isThought() ? Slot.THINKING : Slot.TEXT);
    }
}
