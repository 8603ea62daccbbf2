package io.aicore.cohere;

import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.codec.wire.WireEvent;

/** The event that a stream is full of: the next words of a block of text, or of thoughts. */
final class TextDelta {

    private enum Slot {
        TYPE,
        INDEX,
        TEXT,
        THINKING
    }

    private static final JsonShape CONTENT = JsonShape.of()
            .text(KeptFields.TEXT, Slot.TEXT)
            .text(KeptFields.THINKING, Slot.THINKING)
            .ignored("type")
            .build();

    private static final JsonShape SHAPE = JsonShape.of()
            .text("type", Slot.TYPE)
            .count("index", Slot.INDEX)
            .object(
                    "delta",
                    JsonShape.of()
                            .object(
                                    "message",
                                    JsonShape.of().object("content", CONTENT).build())
                            .build())
            .empty(KeptFields.PROBABILITIES)
            .build();

    private final ShapedJson json = new ShapedJson(SHAPE);

    /** Whether this event is one; it is read then. */
    boolean fits(WireEvent event) {
        return event.fits(json)
                && json.text(Slot.TYPE).equals("content-delta")
                && (isText() || json.string(Slot.THINKING) != null);
    }

    int index() {
        return json.index(Slot.INDEX);
    }

    boolean isText() {
        return json.string(Slot.TEXT) != null;
    }

    String words() {
        return json.text(isText() ? Slot.TEXT : Slot.THINKING);
    }
}
