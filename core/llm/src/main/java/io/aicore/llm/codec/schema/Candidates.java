package io.aicore.llm.codec.schema;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of an answer that may be the requested JSON, in order of appearance. */
final class Candidates {

    private static final List<String> ENDS_OF_THOUGHTS = List.of("</think>", "</thinking>");

    private Candidates() {}

    static List<JsonFields> in(String text) {
        List<JsonInProse.Found> found = found(text);
        if (found.isEmpty()) {
            String quoted = quoted(text.strip());
            found = quoted == null ? found : JsonInProse.in(quoted);
        }
        return found.stream().map(each -> single(each.tree())).toList();
    }

    private static List<JsonInProse.Found> found(String text) {
        int answer = behindThoughts(text);
        if (answer == 0 || text.substring(answer).isBlank()) {
            return JsonInProse.in(text);
        }
        List<JsonInProse.Found> behind = JsonInProse.in(text.substring(answer));
        // The tag may stand in a string of the JSON itself.
        return behind.isEmpty()
                ? JsonInProse.in(text).stream()
                        .filter(each -> each.start() < answer && answer < each.end())
                        .toList()
                : behind;
    }

    private static int behindThoughts(String text) {
        if (text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")) {
            return 0;
        }
        int behind = 0;
        for (String end : ENDS_OF_THOUGHTS) {
            int at = text.lastIndexOf(end);
            behind = Math.max(behind, at < 0 ? 0 : at + end.length());
        }
        return behind;
    }

    /** A document written as a JSON string; null if the text is no such string. */
    private static @Nullable String quoted(String text) {
        try {
            return text.startsWith("\"") ? Json.readExact(text).string() : null;
        } catch (MalformedJsonException e) {
            return null;
        }
    }

    private static JsonFields single(JsonFields tree) {
        return tree.isArray() && tree.size() == 1 ? tree.at(0) : tree;
    }
}
