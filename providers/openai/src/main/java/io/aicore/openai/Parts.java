package io.aicore.openai;

import io.aicore.llm.codec.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The words in a message or in a stream's delta, by what they are.
 *
 * @param text what the model answers
 * @param reasoning what it thinks, where the host shows it
 * @param refusal its words when it declines
 */
record Parts(String text, String reasoning, String refusal) {

    /** Reads content that is a string, null or an array of parts; hosts switch between them within one stream. */
    static Parts of(JsonNode message) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        StringBuilder refusal = new StringBuilder(orEmpty(message, "refusal"));
        JsonNode content = message.path("content");
        if (content.isString()) {
            text.append(content.stringValue());
        }
        for (JsonNode part : content.isArray() ? content.values() : List.<JsonNode>of()) {
            switch (orEmpty(part, "type")) {
                case "thinking", "reasoning" -> thinking.append(thinking(part));
                case "refusal" -> refusal.append(orEmpty(part, "refusal"));
                default -> text.append(part.isString() ? part.stringValue() : orEmpty(part, "text"));
            }
        }
        String reasoning = thinking.isEmpty() ? reasoning(message) : thinking.toString();
        return new Parts(text.toString(), reasoning, refusal.toString());
    }

    /** {@code reasoning_content}, or {@code reasoning}, or the texts of {@code reasoning_details}: never the same twice. */
    private static String reasoning(JsonNode message) {
        String content = orEmpty(message, "reasoning_content");
        String reasoning = content.isEmpty() ? orEmpty(message, "reasoning") : content;
        if (!reasoning.isEmpty()) {
            return reasoning;
        }
        StringBuilder details = new StringBuilder();
        for (JsonNode detail : message.path("reasoning_details").values()) {
            details.append(orEmpty(detail, "text")).append(orEmpty(detail, "summary"));
        }
        return details.toString();
    }

    /** Mistral: {@code {"type":"thinking","thinking":[{"type":"text","text":"…"}]}}. */
    private static String thinking(JsonNode part) {
        JsonNode inner = part.path("thinking");
        if (!inner.isArray()) {
            return orEmpty(part, "thinking") + orEmpty(part, "text");
        }
        StringBuilder texts = new StringBuilder();
        for (JsonNode piece : inner.values()) {
            texts.append(orEmpty(piece, "text"));
        }
        return texts.toString();
    }

    private static String orEmpty(JsonNode node, String name) {
        String value = Json.string(node, name);
        return value == null ? "" : value;
    }
}
