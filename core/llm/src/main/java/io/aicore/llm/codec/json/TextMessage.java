package io.aicore.llm.codec.json;

/** A message that is a role and a text: {@code {"role":…,"content":…}}, written without a map. */
public record TextMessage(String role, String content) {

    /** Omits the text, which is a prompt. */
    @Override
    public String toString() {
        return "TextMessage[" + role + ", " + content.length() + " chars]";
    }
}
