package io.aicore.openai;

import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.ToolCallFields;
import io.aicore.llm.codec.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The output items of a response in order: text, reasoning and calls.
 *
 * @param tools distinguishes the caller's calls
 */
record Output(List<JsonNode> items, CallerTools tools) {

    /** The field of a message's extra that hands the items back. */
    static final String FIELD = "output";

    /** Between two parts of the reasoning, which are headed paragraphs of their own. */
    static final String PARAGRAPH = "\n\n";

    Output {
        items = List.copyOf(items);
    }

    static Output of(JsonNode array, CallerTools tools) {
        return new Output(array.isArray() ? List.copyOf(array.values()) : List.of(), tools);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        parts("message", "content").forEach(part -> text.append(text(part)));
        return text.toString();
    }

    String refusal() {
        StringBuilder refusal = new StringBuilder();
        parts("message", "content").forEach(part -> refusal.append(Json.text(part, "refusal")));
        return refusal.toString();
    }

    /** What the host shows of the reasoning: a summary, or the thoughts themselves. */
    String reasoning() {
        List<String> parts = new ArrayList<>();
        for (JsonNode item : items) {
            Output one = new Output(List.of(item), tools);
            one.parts("reasoning", "summary").forEach(part -> parts.add(text(part)));
            one.parts("reasoning", "content").forEach(part -> parts.add(text(part)));
        }
        parts.removeIf(String::isEmpty);
        return String.join(PARAGRAPH, parts);
    }

    List<ToolCall> calls() {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode item : items) {
            if (tools.isCall(item)) {
                calls.add(call(item, calls.size()));
            }
        }
        return calls;
    }

    /** Whether hosted tools and the like have produced other output. */
    boolean hasOthers() {
        return items.stream().anyMatch(item -> !tools.isCall(item) && !is(item, "message") && !is(item, "reasoning"));
    }

    /**
     * What has to go back into the conversation beside text and calls: all items, if there are thoughts among them, or
     * anything else that text and calls do not say. Thoughts that are neither here nor kept by the provider are left out.
     */
    Map<String, Object> extra(boolean stored) {
        List<Object> back = new ArrayList<>();
        boolean needed = false;
        for (JsonNode item : items) {
            boolean thoughts = is(item, "reasoning");
            boolean here = Json.string(item, "encrypted_content") != null
                    || !item.path("content").isEmpty();
            if (!thoughts || here || stored) {
                back.add(Json.plain(item));
                needed |= !is(item, "function_call") && !isPlainText(item);
            }
        }
        return needed ? Map.of(FIELD, back) : Map.of();
    }

    static boolean is(JsonNode item, String type) {
        return type.equals(Json.string(item, "type"));
    }

    static ToolCall call(JsonNode item, int number) {
        String id = Json.string(item, "call_id");
        String arguments = is(item, CallerTools.CUSTOM_CALL)
                ? Json.text(item, "input")
                : ToolCallFields.text(item.path("arguments"));
        return new ToolCall(id == null || id.isEmpty() ? "call_" + number : id, Json.text(item, "name"), arguments);
    }

    private static boolean isPlainText(JsonNode item) {
        return is(item, "message")
                && !"commentary".equals(Json.string(item, "phase"))
                && item.path("content").values().stream().allMatch(Output::isWords);
    }

    /** Text without sources and probabilities. */
    private static boolean isWords(JsonNode part) {
        return Json.string(part, "text") != null
                && part.path("annotations").isEmpty()
                && part.path("logprobs").isEmpty();
    }

    private List<JsonNode> parts(String type, String field) {
        List<JsonNode> parts = new ArrayList<>();
        for (JsonNode item : items) {
            if (is(item, type) && item.path(field).isArray()) {
                parts.addAll(item.path(field).values());
            }
        }
        return parts;
    }

    private static String text(JsonNode part) {
        return part.isString() ? part.stringValue() : Json.text(part, "text");
    }
}
