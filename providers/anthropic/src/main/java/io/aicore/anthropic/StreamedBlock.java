package io.aicore.anthropic;

import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One content block of a stream as it grows; in the end it is what a plain answer would have had in its place. */
final class StreamedBlock {

    private final JsonFields start;
    private final String type;
    /** The position among the tool calls; -1 if this is none. */
    private final int toolIndex;

    private final StringBuilder words = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();
    private final StringBuilder input = new StringBuilder();
    private final List<Object> citations = new ArrayList<>();

    StreamedBlock(JsonFields start, int toolIndex) {
        this.start = start;
        this.toolIndex = toolIndex;
        this.type = start.text("type");
        signature.append(start.text("signature"));
    }

    String type() {
        return type;
    }

    /** Whether the caller is to make a call. */
    boolean isCall() {
        return toolIndex >= 0;
    }

    /** Whether pieces of input belong to it: it is a call, the caller's or the provider's own. */
    boolean hasInput() {
        return !type.equals("text") && !type.endsWith("thinking");
    }

    /** Whether nothing has come of it yet. */
    boolean isEmpty() {
        return words.isEmpty() && signature.isEmpty() && citations.isEmpty();
    }

    @Nullable
    String said(String field) {
        return start.string(field);
    }

    int toolIndex() {
        return toolIndex;
    }

    /** The words that came with the start, mostly none. */
    String startingWords() {
        return ChatJson.text(start.at(type));
    }

    void words(String more) {
        words.append(more);
    }

    void signature(String more) {
        signature.append(more);
    }

    void input(String more) {
        input.append(more);
    }

    void citation(JsonFields citation) {
        Object plain = citation.plain();
        if (plain != null) {
            citations.add(plain);
        }
    }

    /** The arguments of a call that were not emitted yet: all of them, if there was no fragment. */
    String missingInput() {
        if (!input.isEmpty()) {
            return "";
        }
        return ToolArguments.of(start.at("input"));
    }

    boolean isSpecial() {
        return !citations.isEmpty() || Blocks.isSpecial(start);
    }

    boolean isThought() {
        return Blocks.isThought(start);
    }

    Map<String, Object> whole() {
        Map<String, Object> block = start.object();
        if (type.equals("text") || type.equals("thinking")) {
            block.put(type, words.toString());
        }
        if (!signature.isEmpty()) {
            block.put("signature", signature.toString());
        }
        if (!citations.isEmpty()) {
            block.put("citations", List.copyOf(citations));
        }
        if (!input.isEmpty()) {
            // Input that the token limit cut is no JSON, and becomes an empty object: nothing else is taken back.
            block.put("input", ToolArguments.parsed(input.toString()));
        }
        return block;
    }
}
