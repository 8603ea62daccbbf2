package io.aicore.gemini;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.codec.wire.WireEvent;
import org.jspecify.annotations.Nullable;

/** The answer that many are, and the event that a stream is full of: one candidate with one part of text, and the usage so far. */
final class TextEvent {

    private enum Slot {
        ID,
        MODEL,
        FINISH,
        TEXT,
        PROMPT,
        CANDIDATES,
        THOUGHTS,
        TOOL_PROMPT,
        CACHED,
        TIER,
        TRAFFIC
    }

    private static final JsonShape CONTENT = JsonShape.of()
            .one("parts", JsonShape.of().text("text", Slot.TEXT).build())
            .ignored("role")
            .build();

    private static final JsonShape CANDIDATE = JsonShape.of()
            .object("content", CONTENT)
            .text("finishReason", Slot.FINISH)
            .zero("index")
            .build();

    private static final JsonShape USAGE = JsonShape.of()
            .count("promptTokenCount", Slot.PROMPT)
            .count("candidatesTokenCount", Slot.CANDIDATES)
            .count("thoughtsTokenCount", Slot.THOUGHTS)
            .count("toolUsePromptTokenCount", Slot.TOOL_PROMPT)
            .count("cachedContentTokenCount", Slot.CACHED)
            .plain(Beside.TIER, Slot.TIER)
            .plain(Beside.TRAFFIC, Slot.TRAFFIC)
            .ignored("totalTokenCount")
            .skipped("promptTokensDetails", "candidatesTokensDetails", "cacheTokensDetails")
            .build();

    private static final JsonShape SHAPE = JsonShape.of()
            .one("candidates", CANDIDATE)
            .object("usageMetadata", USAGE)
            .text("modelVersion", Slot.MODEL)
            .text("responseId", Slot.ID)
            .ignored("createTime")
            .build();

    private final ShapedJson json = new ShapedJson(SHAPE);

    /** Whether this event is one; it is read then. */
    boolean fits(WireEvent event) {
        return event.fits(json) && json.string(Slot.TEXT) != null;
    }

    /** Whether this answer is one, with any text; it is read then. */
    boolean fits(JsonAnswer answer) {
        return answer.fits(json) && !json.text(Slot.TEXT).isEmpty();
    }

    /** Adds what is said beside the text. */
    void addTo(Beside beside) {
        beside.keep(Beside.TIER, json.plain(Slot.TIER));
        beside.keep(Beside.TRAFFIC, json.plain(Slot.TRAFFIC));
    }

    @Nullable
    String id() {
        return json.string(Slot.ID);
    }

    @Nullable
    String model() {
        return json.string(Slot.MODEL);
    }

    @Nullable
    String finishReason() {
        return json.string(Slot.FINISH);
    }

    String text() {
        return json.text(Slot.TEXT);
    }

    /** The usage so far; null without one. */
    @Nullable
    Usage usage() {
        boolean counted = json.count(Slot.PROMPT) >= 0 || json.count(Slot.CANDIDATES) >= 0;
        return counted
                ? UsageReader.of(
                        json.countOrZero(Slot.PROMPT) + json.countOrZero(Slot.TOOL_PROMPT),
                        json.countOrZero(Slot.CANDIDATES),
                        json.countOrZero(Slot.THOUGHTS),
                        json.countOrZero(Slot.CACHED))
                : null;
    }
}
