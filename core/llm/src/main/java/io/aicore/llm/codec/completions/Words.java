package io.aicore.llm.codec.completions;

import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.json.JsonFields;

/**
 * The text in a message or in a stream's delta, by kind.
 *
 * @param text the model's answer
 * @param reasoning its reasoning, if the host shows it
 * @param refusal its refusal
 */
record Words(String text, String reasoning, String refusal) {

    /** Reads content that is a string, null, a part or an array of parts; hosts switch between them within one stream. */
    static Words of(JsonFields message) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        StringBuilder refusal = new StringBuilder(ChatJson.text(message.at("refusal")));
        JsonFields content = message.at("content");
        if (content.isString()) {
            text.append(content.text());
        }
        for (JsonFields part : content.items()) {
            switch (part.text("type")) {
                case "thinking", "reasoning" -> thinking.append(thinking(part));
                case "refusal" -> refusal.append(part.text("refusal"));
                default -> text.append(part.isString() ? part.text() : ChatJson.text(part));
            }
        }
        String reasoning = thinking.isEmpty() ? reasoning(message) : thinking.toString();
        return new Words(text.toString(), reasoning, refusal.toString());
    }

    /**
     * {@code reasoning_content}, or {@code reasoning}, or the texts of {@code reasoning_details}; duplicates are
     * ignored.
     */
    private static String reasoning(JsonFields message) {
        String content = ChatJson.text(message.at("reasoning_content"));
        String reasoning = content.isEmpty() ? ChatJson.text(message.at("reasoning")) : content;
        if (!reasoning.isEmpty()) {
            return reasoning;
        }
        StringBuilder details = new StringBuilder();
        for (JsonFields detail : message.at("reasoning_details").items()) {
            details.append(detail.text("text")).append(detail.text("summary"));
        }
        return details.toString();
    }

    /** Mistral: {@code {"type":"thinking","thinking":[{"type":"text","text":"…"}]}}. */
    private static String thinking(JsonFields part) {
        return ChatJson.text(part.at("thinking")) + ChatJson.text(part.at("text"));
    }
}
