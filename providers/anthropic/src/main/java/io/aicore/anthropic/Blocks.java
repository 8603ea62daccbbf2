package io.aicore.anthropic;

import io.aicore.llm.chat.Content;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Content blocks: those of a message's parts, and those of an answer that go back as they came. */
final class Blocks {

    /** Where an answer's blocks are kept for the next turn: a name that no other protocol takes for a field of its own. */
    static final String KEPT = "anthropic_content";

    private static final Pattern DATA_URL = Pattern.compile("data:([^;,]+);base64,(.*)", Pattern.DOTALL);

    private Blocks() {}

    /** The blocks of these parts. Empty texts are left out: the API refuses them. */
    static List<Map<String, Object>> of(List<Content> parts) {
        List<Map<String, Object>> blocks = new ArrayList<>();
        for (Content part : parts) {
            blocks.addAll(part.<List<Map<String, Object>>>fold(
                    text -> text.text().isEmpty() ? List.of() : List.of(block("text", "text", text.text())),
                    image -> List.of(image(image.url())),
                    file -> List.of(document(file))));
        }
        return blocks;
    }

    /** One plain text as a string, all else as blocks. */
    static Object shortest(List<Map<String, Object>> blocks) {
        Map<String, Object> first = blocks.get(0);
        boolean plain = blocks.size() == 1 && first.size() == 2 && "text".equals(first.get("type"));
        Object text = plain ? first.get("text") : null;
        return text == null ? blocks : text;
    }

    /** Whether this block of an answer says what no text and no tool call can carry, so that all must go back unchanged. */
    static boolean isSpecial(JsonFields block) {
        String type = block.string("type");
        return !"tool_use".equals(type)
                && !("text".equals(type) && block.at("citations").isEmpty());
    }

    /** Whether this block is the model's reasoning, in words or encrypted. */
    static boolean isThought(JsonFields block) {
        String type = block.text("type");
        return type.equals("thinking") || type.equals("redacted_thinking");
    }

    /** The API reads PDF, which it also fetches, and plain text. */
    private static Map<String, Object> document(Content.File file) {
        String data = file.base64();
        boolean pdf = file.mediaType().equals("application/pdf");
        if (!pdf && (data == null || !file.is("text"))) {
            throw new NotOnTheWireException("a file of type " + file.mediaType()
                    + (data == null ? " by address" : "")
                    + ", which Anthropic does not take (expected: application/pdf, or the bytes of a text)");
        }
        Map<String, Object> source;
        if (data == null) {
            source = block("url", "url", file.url());
        } else {
            source = block(pdf ? "base64" : "text", "media_type", pdf ? file.mediaType() : "text/plain");
            source.put("data", pdf ? data : new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
        }
        Map<String, Object> document = block("document", "source", source);
        ChatJson.put(document, "title", file.name());
        return document;
    }

    private static Map<String, Object> image(String url) {
        if (!url.startsWith("data:")) {
            return block("image", "source", block("url", "url", url));
        }
        Matcher data = DATA_URL.matcher(url);
        if (!data.matches()) {
            throw new NotOnTheWireException(
                    "an image's data URL has another form (expected: data:<media type>;base64,<data>)");
        }
        Map<String, Object> source = block("base64", "media_type", data.group(1));
        source.put("data", data.group(2));
        return block("image", "source", source);
    }

    static Map<String, Object> block(String type, String name, Object value) {
        return ChatJson.ordered("type", type, name, value);
    }
}
