package io.aicore.bedrock;

import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One content block of a stream as it grows; in the end it is what a plain answer would have had in its place. Only calls of
 * tools are announced: texts and thoughts begin with their first piece.
 */
final class StreamedBlock {

    private static final Set<String> KINDS = Set.of("text", "toolUse", "reasoningContent", "citation");

    private final JsonFields start;
    /** The position among the tool calls; -1 if this is none. */
    private final int toolIndex;

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder input = new StringBuilder();
    private final StringBuilder thought = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();
    private final List<Object> citations = new ArrayList<>();
    private @Nullable String redacted;
    private boolean other;

    StreamedBlock(JsonFields start, int toolIndex) {
        this.start = start;
        this.toolIndex = toolIndex;
    }

    /** What the start of a call says; null if nothing. */
    @Nullable
    String said(String field) {
        return start.string("toolUse", field);
    }

    int toolIndex() {
        return toolIndex;
    }

    /** Whether a delta is more of this block, and not of one whose start was left out. */
    boolean goesOn(JsonFields delta) {
        boolean called = start.at("toolUse").isObject();
        if (delta.at("toolUse").isObject()) {
            return called;
        }
        boolean plain = delta.at("text").isString() || delta.at("citation").isObject();
        return plain ? takesWords() : !delta.at("reasoningContent").isObject() || (!called && text.isEmpty());
    }

    /** Whether words are more of this block, as a delta of no more than a text is. */
    boolean takesWords() {
        return !start.at("toolUse").isObject() && !isThought();
    }

    void grow(String words) {
        text.append(words);
    }

    void grow(JsonFields delta) {
        other |= delta.members().keySet().stream().anyMatch(kind -> !KINDS.contains(kind));
        text.append(delta.text("text"));
        input.append(delta.text("toolUse", "input"));
        thought.append(delta.text("reasoningContent", "text"));
        signature.append(delta.text("reasoningContent", "signature"));
        String more = delta.string("reasoningContent", "redactedContent");
        redacted = more == null ? redacted : more;
        Object citation = delta.at("citation").isObject() ? delta.at("citation").plain() : null;
        if (citation != null) {
            citations.add(citation);
        }
    }

    /** Whether it is a call whose arguments have not come: it has none. */
    boolean lacksInput() {
        return toolIndex >= 0 && input.isEmpty();
    }

    /** Whether a plain answer's block would have to go back unchanged. */
    boolean isSpecial() {
        return toolIndex < 0 && (text.isEmpty() || !citations.isEmpty());
    }

    boolean isThought() {
        return !thought.isEmpty() || !signature.isEmpty() || redacted != null;
    }

    /** Whether it is neither text, nor the caller's call, nor reasoning. */
    boolean isOther() {
        return toolIndex < 0 && !isThought() && (other || !start.isEmpty() || !citations.isEmpty());
    }

    Map<String, Object> whole() {
        if (start.at("toolUse").isObject()) {
            return Blocks.block("toolUse", withInput(start.at("toolUse")));
        }
        if (redacted != null) {
            return Blocks.block("reasoningContent", Blocks.block("redactedContent", redacted));
        }
        if (!thought.isEmpty() || !signature.isEmpty()) {
            Map<String, Object> words = Blocks.block("text", thought.toString());
            if (!signature.isEmpty()) {
                words.put("signature", signature.toString());
            }
            return Blocks.block("reasoningContent", Blocks.block("reasoningText", words));
        }
        if (citations.isEmpty()) {
            return text.isEmpty() ? start.object() : Blocks.block("text", text.toString());
        }
        List<Object> words = List.of(Blocks.block("text", text.toString()));
        return Blocks.block(
                "citationsContent", ChatJson.ordered("content", words, "citations", List.copyOf(citations)));
    }

    /** Input that the token limit cut is no JSON, and becomes an empty object: nothing else is taken back. */
    private Map<String, Object> withInput(JsonFields use) {
        Map<String, Object> whole = use.object();
        whole.put("input", ToolArguments.parsed(input.toString()));
        return whole;
    }
}
