package io.aicore.ollama;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.codec.wire.WireEvent;
import java.util.List;
import java.util.Map;

/** The line that a stream is full of, the next words of a message that goes on, or the only line of most plain answers. */
final class TextLine {

    private enum Slot {
        MODEL,
        CONTENT,
        THINKING,
        REASON,
        PROMPT,
        ANSWER
    }

    private static final JsonShape MESSAGE = JsonShape.of()
            .text("content", Slot.CONTENT)
            .text("thinking", Slot.THINKING)
            .ignored("role")
            .empty("tool_calls", Piece.IMAGES)
            .build();

    private static final JsonShape GOING_ON = fields().isFalse(Piece.DONE).build();

    private static final JsonShape WHOLE = fields().isTrue(Piece.DONE)
            .text(Piece.REASON, Slot.REASON)
            .count(Piece.PROMPT, Slot.PROMPT)
            .count(Piece.ANSWER, Slot.ANSWER)
            .ignored("total_duration", "load_duration", "prompt_eval_duration", "eval_duration")
            .empty(Piece.PROBABILITIES)
            .build();

    private final ShapedJson json;

    private TextLine(JsonShape shape) {
        this.json = new ShapedJson(shape);
    }

    /** Reads lines after which more follows. */
    static TextLine goingOn() {
        return new TextLine(GOING_ON);
    }

    /** Reads lines that are whole answers. */
    static TextLine whole() {
        return new TextLine(WHOLE);
    }

    private static JsonShape.Builder fields() {
        return JsonShape.of()
                .object("message", MESSAGE)
                .text("model", Slot.MODEL)
                .ignored("created_at");
    }

    /** Whether this event is one; it is read then. */
    boolean fits(WireEvent event) {
        return event.fits(json);
    }

    /** Whether this answer is one, with any text; it is read then. */
    boolean fits(JsonAnswer answer) {
        return answer.fits(json) && !text().isEmpty();
    }

    Completion completion() {
        String reason = json.string(Slot.REASON);
        return new Completion(
                "",
                model(),
                new Completion.Output(text(), List.of(), thinking(), null, Map.of()),
                new Completion.Finish(Piece.finish(reason, false), reason),
                Piece.usage(json.count(Slot.PROMPT), json.count(Slot.ANSWER)),
                null);
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
