package io.aicore.llm.codec.completions;

import io.aicore.llm.codec.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * The text in a message or in a stream's delta, by kind.
 *
 * @param text the model's answer
 * @param reasoning its reasoning, if the host shows it
 * @param refusal its refusal
 */
record Words(String text, String reasoning, String refusal) {

    /** Reads content that is a string, null or an array of parts; hosts switch between them within one stream. */
    static Words of(JsonNode message) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        StringBuilder refusal = new StringBuilder(Json.text(message, "refusal"));
        JsonNode content = message.path("content");
        if (content.isString()) {
            text.append(content.stringValue());
        }
        for (JsonNode part : Json.elements(content)) {
            switch (Json.text(part, "type")) {
                case "thinking", "reasoning" -> thinking.append(thinking(part));
                case "refusal" -> refusal.append(Json.text(part, "refusal"));
                default -> text.append(part.isString() ? part.stringValue() : Json.text(part, "text"));
            }
        }
        String reasoning = thinking.isEmpty() ? reasoning(message) : thinking.toString();
        return new Words(text.toString(), reasoning, refusal.toString());
    }

    /**
     * {@code reasoning_content}, or {@code reasoning}, or the texts of {@code reasoning_details}; duplicates are
     * ignored.
     */
    private static String reasoning(JsonNode message) {
        String content = Json.text(message, "reasoning_content");
        String reasoning = content.isEmpty() ? Json.text(message, "reasoning") : content;
        if (!reasoning.isEmpty()) {
            return reasoning;
        }
        StringBuilder details = new StringBuilder();
        for (JsonNode detail : message.path("reasoning_details").values()) {
            details.append(Json.text(detail, "text")).append(Json.text(detail, "summary"));
        }
        return details.toString();
    }

    /** Mistral: {@code {"type":"thinking","thinking":[{"type":"text","text":"…"}]}}. */
    private static String thinking(JsonNode part) {
        JsonNode inner = part.path("thinking");
        if (!inner.isArray()) {
            return Json.text(part, "thinking") + Json.text(part, "text");
        }
        StringBuilder texts = new StringBuilder();
        for (JsonNode piece : inner.values()) {
            texts.append(Json.text(piece, "text"));
        }
        return texts.toString();
    }
}
