package io.aicore.bedrock;

import io.aicore.llm.chat.Content;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Content blocks, each an object with one member: those of a message's parts, and those of answers. */
final class Blocks {

    /** Where an answer's blocks are kept for the next turn: a name that no other protocol takes for a field of its own. */
    static final String KEPT = "bedrock_content";

    private static final Pattern DATA_URL =
            Pattern.compile("data:image/([a-z]+)[^,]*;base64,(.*)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern S3_URL = Pattern.compile("s3://[^/]+/.*\\.([A-Za-z]+)");
    private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif", "webp");

    private Blocks() {}

    /** The blocks of these parts. Empty texts are left out: the API refuses them. */
    static List<Map<String, Object>> of(List<Content> parts) {
        List<Map<String, Object>> blocks = new ArrayList<>();
        for (Content part : parts) {
            blocks.addAll(part.<List<Map<String, Object>>>fold(
                    text -> text.text().isEmpty() ? List.of() : List.of(block("text", text.text())),
                    image -> List.of(image(image.url())),
                    file -> List.of(Files.block(file))));
        }
        return blocks;
    }

    static Map<String, Object> block(String name, Object value) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put(name, value);
        return block;
    }

    /** Whether the caller is to make a call; those that AWS makes itself are not for the caller. */
    static boolean isCall(JsonFields block) {
        JsonFields use = block.at("toolUse");
        return use.isObject() && !"server_tool_use".equals(use.string("type"));
    }

    /** Whether this block of an answer says what no text and no tool call can carry, so that all must go back unchanged. */
    static boolean isSpecial(JsonFields block) {
        return !isCall(block) && !block.at("text").isString();
    }

    /** Whether this block is the model's reasoning, in words or encrypted. */
    static boolean isThought(JsonFields block) {
        return block.at("reasoningContent").isObject();
    }

    /** The words of a block: its text, or that of its quotes. */
    static String text(JsonFields block) {
        StringBuilder text = new StringBuilder(block.text("text"));
        for (JsonFields part : block.at("citationsContent", "content").elements()) {
            text.append(part.text("text"));
        }
        return text.toString();
    }

    static String reasoning(JsonFields block) {
        return block.text("reasoningContent", "reasoningText", "text");
    }

    /** The model behind a prompt router; without one the model asked for, as answers name none. */
    static String servedBy(JsonFields holder, @Nullable String asked) {
        String routed = holder.text("trace", "promptRouter", "invokedModelId");
        return routed.isEmpty() && asked != null ? asked : routed;
    }

    private static Map<String, Object> image(String url) {
        Matcher data = DATA_URL.matcher(url);
        if (data.matches()) {
            return image(data.group(1), block("bytes", data.group(2)));
        }
        Matcher stored = S3_URL.matcher(url);
        if (stored.matches()) {
            return image(stored.group(1), block("s3Location", block("uri", url)));
        }
        throw new NotOnTheWireException(
                "an image by address: Bedrock fetches none (expected: data:image/<format>;base64,<data>, or s3://…)");
    }

    private static Map<String, Object> image(String named, Map<String, Object> source) {
        String lower = named.toLowerCase(Locale.ROOT);
        String format = lower.equals("jpg") ? "jpeg" : lower;
        if (!FORMATS.contains(format)) {
            throw new NotOnTheWireException(
                    "an image of a format that Bedrock does not take (expected: one of png," + " jpeg, gif, webp)");
        }
        return block("image", ChatJson.ordered("format", format, "source", source));
    }
}
