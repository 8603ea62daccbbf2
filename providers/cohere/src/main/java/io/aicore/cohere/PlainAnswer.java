package io.aicore.cohere;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer that most are: one block of text. Everything else has a tree. */
final class PlainAnswer {

    private enum Slot {
        ID,
        TEXT,
        REASON,
        INPUT,
        OUTPUT,
        CACHED,
        BILLED
    }

    private static final JsonShape BLOCK =
            JsonShape.of().text(KeptFields.TEXT, Slot.TEXT).ignored("type").build();

    private static final JsonShape MESSAGE = JsonShape.of()
            .one("content", BLOCK)
            .ignored("role")
            .empty("tool_calls", KeptFields.PLAN, KeptFields.CITATIONS)
            .build();

    private static final JsonShape TOKENS = JsonShape.of()
            .count("input_tokens", Slot.INPUT)
            .count("output_tokens", Slot.OUTPUT)
            .build();

    private static final JsonShape USAGE = JsonShape.of()
            .object("tokens", TOKENS)
            .count("cached_tokens", Slot.CACHED)
            .plain(Ending.BILLED, Slot.BILLED)
            .build();

    private static final JsonShape SHAPE = JsonShape.of()
            .object("message", MESSAGE)
            .text("id", Slot.ID)
            .text(Ending.REASON, Slot.REASON)
            .object("usage", USAGE)
            .empty(KeptFields.PROBABILITIES, "error")
            .build();

    private final ShapedJson json = new ShapedJson(SHAPE);

    /** Whether this answer is one; it is read then. */
    boolean fits(JsonAnswer answer) {
        return answer.fits(json)
                && !json.text(Slot.TEXT).isEmpty()
                && !Ending.isFailure(json.text(Slot.REASON))
                && countsAndBills();
    }

    /** Where nothing is counted, what is billed is the count. */
    private boolean countsAndBills() {
        Object billed = json.plain(Slot.BILLED);
        return (json.count(Slot.INPUT) >= 0 || json.count(Slot.OUTPUT) >= 0)
                && (billed == null || billed instanceof Map<?, ?>);
    }

    /** @param model that was asked, as answers name none */
    Completion completion(String model) {
        String reason = json.text(Slot.REASON).isEmpty() ? null : json.text(Slot.REASON);
        Map<String, Object> extra = new LinkedHashMap<>();
        ChatJson.put(extra, Ending.BILLED, json.plain(Slot.BILLED));
        return new Completion(
                json.text(Slot.ID),
                model,
                new Completion.Output(json.text(Slot.TEXT), List.of(), null, null, extra),
                new Completion.Finish(Ending.finish(reason, false), reason),
                usage(),
                null);
    }

    private Usage usage() {
        return new Usage(
                json.countOrZero(Slot.INPUT), json.countOrZero(Slot.OUTPUT), json.countOrZero(Slot.CACHED), 0, 0);
    }
}
