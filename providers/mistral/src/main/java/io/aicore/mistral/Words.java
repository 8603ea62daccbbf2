package io.aicore.mistral;

import io.aicore.llm.codec.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The words in the content of a message or of a stream's delta, by what they are.
 *
 * @param text what the model answers
 * @param reasoning what it thinks
 */
record Words(String text, String reasoning) {

    /** Reads content that is a string, null or an array of chunks; a stream may switch between them. */
    static Words of(JsonNode content) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        if (content.isString()) {
            text.append(content.stringValue());
        }
        for (JsonNode chunk : content.isArray() ? content.values() : List.<JsonNode>of()) {
            switch (Json.text(chunk, "type")) {
                case "text" -> text.append(Json.text(chunk, "text"));
                case "thinking" -> reasoning.append(thinking(chunk.path("thinking")));
                default -> {
                    // References and the like say no words; they are kept, see KeptChunks.
                }
            }
        }
        return new Words(text.toString(), reasoning.toString());
    }

    /** {@code [{"type":"text","text":"…"}, …]}; pieces that are references have no text. */
    private static String thinking(JsonNode thinking) {
        StringBuilder texts = new StringBuilder(thinking.isString() ? thinking.stringValue() : "");
        for (JsonNode piece : thinking.isArray() ? thinking.values() : List.<JsonNode>of()) {
            texts.append(Json.text(piece, "text"));
        }
        return texts.toString();
    }
}
