package io.aicore.gemini;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.codec.wire.WireEvent;
import org.jspecify.annotations.Nullable;

/**
 * The answer that many are, and the event that a stream is full of: one candidate with one part of text, or else of any parts,
 * and the usage so far.
 */
final class PartsEvent {

    private enum Slot {
        ID,
        MODEL,
        FINISH,
        TEXT,
        CONTENT,
        PROMPT,
        CANDIDATES,
        THOUGHTS,
        TOOL_PROMPT,
        CACHED,
        TIER,
        TRAFFIC
    }

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

    private static final JsonShape TEXT = shape(candidate()
            .object(
                    "content",
                    JsonShape.of()
                            .one("parts", JsonShape.of().text("text", Slot.TEXT).build())
                            .ignored("role")
                            .build()));

    private static final JsonShape PARTS = shape(candidate().tree("content", Slot.CONTENT));

    private final ShapedJson json;

    private PartsEvent(JsonShape shape) {
        this.json = new ShapedJson(shape);
    }

    /** Reads those with one part, of plain text. */
    static PartsEvent ofText() {
        return new PartsEvent(TEXT);
    }

    /** Reads those with any parts. */
    static PartsEvent ofParts() {
        return new PartsEvent(PARTS);
    }

    private static JsonShape.Builder candidate() {
        return JsonShape.of().text("finishReason", Slot.FINISH).zero("index");
    }

    private static JsonShape shape(JsonShape.Builder candidate) {
        return JsonShape.of()
                .one("candidates", candidate.build())
                .object("usageMetadata", USAGE)
                .text("modelVersion", Slot.MODEL)
                .text("responseId", Slot.ID)
                .ignored("createTime")
                .build();
    }

    /** Whether this event is one; it is read then. */
    boolean fits(WireEvent event) {
        return event.fits(json) && hasContent();
    }

    /** Whether this answer is one; it is read then. */
    boolean fits(JsonAnswer answer) {
        return answer.fits(json) && hasContent();
    }

    private boolean hasContent() {
        return json.string(Slot.TEXT) != null || json.tree(Slot.CONTENT).isObject();
    }

    /** What its parts hold. */
    PartReader.Pieces read(PartReader reader, @Nullable String id) {
        String text = json.string(Slot.TEXT);
        return text == null ? reader.read(json.tree(Slot.CONTENT), id) : reader.read(text);
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
