package io.aicore.openai;

import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.ToolCallFields;
import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The output items of a response in order: text, reasoning and calls.
 *
 * @param tools distinguishes the caller's calls
 */
record Output(List<JsonFields> items, CallerTools tools) {

    /** The field of a message's extra that hands the items back. */
    static final String FIELD = "output";

    /** The phase of a message that accompanies calls. */
    static final String COMMENTARY = "commentary";

    /** Between two parts of the reasoning, which are headed paragraphs of their own. */
    static final String PARAGRAPH = "\n\n";

    Output {
        items = List.copyOf(items);
    }

    static Output of(JsonFields array, CallerTools tools) {
        return new Output(array.items(), tools);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        parts("message", "content").forEach(part -> text.append(text(part)));
        return text.toString();
    }

    String refusal() {
        StringBuilder refusal = new StringBuilder();
        parts("message", "content").forEach(part -> refusal.append(part.text("refusal")));
        return refusal.toString();
    }

    /** What the host shows of the reasoning: a summary, or the thoughts themselves. */
    String reasoning() {
        List<String> parts = new ArrayList<>();
        for (JsonFields item : items) {
            Output one = new Output(List.of(item), tools);
            one.parts("reasoning", "summary").forEach(part -> parts.add(text(part)));
            one.parts("reasoning", "content").forEach(part -> parts.add(text(part)));
        }
        parts.removeIf(String::isEmpty);
        return String.join(PARAGRAPH, parts);
    }

    List<ToolCall> calls() {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonFields item : items) {
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
        for (JsonFields item : items) {
            boolean thoughts = is(item, "reasoning");
            boolean here = item.string("encrypted_content") != null
                    || !item.at("content").isEmpty();
            if (!thoughts || here || stored) {
                back.add(item.plain());
                needed |= !is(item, "function_call") && !isPlainText(item);
            }
        }
        return needed ? Map.of(FIELD, back) : Map.of();
    }

    static boolean is(JsonFields item, String type) {
        return type.equals(item.string("type"));
    }

    static ToolCall call(JsonFields item, int number) {
        String id = item.string("call_id");
        String arguments =
                is(item, CallerTools.CUSTOM_CALL) ? item.text("input") : ToolCallFields.text(item.at("arguments"));
        return new ToolCall(id == null || id.isEmpty() ? "call_" + number : id, item.text("name"), arguments);
    }

    private static boolean isPlainText(JsonFields item) {
        return is(item, "message")
                && !COMMENTARY.equals(item.string("phase"))
                && item.at("content").items().stream().allMatch(Output::isWords);
    }

    /** Text without sources and probabilities. */
    private static boolean isWords(JsonFields part) {
        return part.string("text") != null
                && part.at("annotations").isEmpty()
                && part.at("logprobs").isEmpty();
    }

    private List<JsonFields> parts(String type, String field) {
        List<JsonFields> parts = new ArrayList<>();
        for (JsonFields item : items) {
            JsonFields said = item.at(field);
            if (is(item, type)) {
                parts.addAll(said.isString() ? List.of(said) : said.items());
            }
        }
        return parts;
    }

    private static String text(JsonFields part) {
        return ChatJson.text(part);
    }
}
