package io.aicore.bedrock;

import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.codec.wire.WireEvent;

/** The event that a stream is full of: the next words of a block of text. */
final class TextDelta {

    private enum Slot {
        INDEX,
        TEXT
    }

    private static final JsonShape SHAPE = JsonShape.of()
            .count(BedrockStreamDecoder.INDEX, Slot.INDEX)
            .object("delta", JsonShape.of().text("text", Slot.TEXT).build())
            // Padding of random length, which hides the length of the text.
            .ignored("p")
            .build();

    private final ShapedJson json = new ShapedJson(SHAPE);

    /** Whether this event is one; it is read then. */
    boolean fits(WireEvent event) {
        return BedrockStreamDecoder.DELTA.equals(event.type())
                && event.fits(json)
                && !json.text(Slot.TEXT).isEmpty();
    }

    int index() {
        return json.index(Slot.INDEX);
    }

    String text() {
        return json.text(Slot.TEXT);
    }
}
