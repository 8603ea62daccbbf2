package io.aicore.openai;

import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.codec.wire.WireEvent;

/** The event that a stream of the Responses API is full of: the next words of its text. */
final class TextDelta {

    static final String TYPE = "response.output_text.delta";

    private enum Slot {
        TYPE,
        NUMBER,
        ITEM,
        DELTA
    }

    private static final JsonShape SHAPE = JsonShape.of()
            .text("type", Slot.TYPE)
            .count("sequence_number", Slot.NUMBER)
            .count("output_index", Slot.ITEM)
            .text("delta", Slot.DELTA)
            .ignored("item_id", "content_index", "obfuscation")
            .skipped("logprobs")
            .build();

    private final ShapedJson json = new ShapedJson(SHAPE);

    /** Whether this event is one, with the number of its item; it is read then. */
    boolean fits(WireEvent event) {
        return event.fits(json) && json.text(Slot.TYPE).equals(TYPE) && json.count(Slot.ITEM) >= 0;
    }

    /** Its number among the events; -1 if it has none. */
    long number() {
        return json.count(Slot.NUMBER);
    }

    /** The place of its item in the output. */
    long item() {
        return json.count(Slot.ITEM);
    }

    String words() {
        return json.text(Slot.DELTA);
    }
}
