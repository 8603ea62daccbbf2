package io.aicore.cohere;

import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What belongs back into the conversation, kept on the answer: the content's blocks where there are others than text, the
 * plan, the citations. Also what Cohere charges for, which is not sent back. One for each answer, plain or streamed.
 */
final class KeptFields {

    /** The content's blocks: a name that no other protocol takes for a field of its own. */
    static final String CONTENT = "cohere_content";

    static final String PLAN = "tool_plan";
    static final String CITATIONS = "citations";
    static final String PROBABILITIES = "logprobs";

    static final String TEXT = "text";
    static final String THINKING = "thinking";

    private final List<Block> blocks = new ArrayList<>();
    private @Nullable Block last;
    private final StringBuilder plan = new StringBuilder();
    private final Map<String, List<Object>> lists = new LinkedHashMap<>();
    private @Nullable Object billed;

    private record Block(int index, String type, StringBuilder words) {}

    /**
     * Adds a block of content, or what a stream says next of it, and gives the words that it adds. What they are decides where
     * they belong, not what was announced at this index.
     */
    String block(int index, JsonFields content) {
        String type = type(content);
        String words = content.isString() ? content.text() : ChatJson.text(content.at(type));
        words(index, type, words);
        return words;
    }

    /** Adds words of this type. */
    void words(int index, String type, String words) {
        Block open = last;
        Block block = open != null && open.index() == index && open.type().equals(type) ? open : begin(index, type);
        block.words().append(words);
    }

    private Block begin(int index, String type) {
        Block block = new Block(index, type, new StringBuilder());
        blocks.add(block);
        last = block;
        return block;
    }

    private static String type(JsonFields content) {
        if (content.at(TEXT).isString()) {
            return TEXT;
        }
        String said = content.text("type");
        return content.at(THINKING).isString() ? THINKING : said.isEmpty() ? TEXT : said;
    }

    /** Whether the words that came last are part of the answer itself. */
    boolean isText() {
        return last != null && last.type().equals(TEXT);
    }

    void plan(String words) {
        plan.append(words);
    }

    /** Adds the elements of the field with this name, or the one element that it is. */
    void list(String name, JsonFields from) {
        for (JsonFields element : from.at(name).items()) {
            if (!element.isAbsent()) {
                lists.computeIfAbsent(name, first -> new ArrayList<>()).add(element.plain());
            }
        }
    }

    void billed(JsonFields usage) {
        JsonFields units = usage.at(Ending.BILLED);
        billed = units.isObject() ? units.plain() : billed;
    }

    Map<String, Object> extra() {
        Map<String, Object> extra = new LinkedHashMap<>();
        if (blocks.stream().anyMatch(block -> !block.type().equals(TEXT))) {
            extra.put(
                    CONTENT,
                    blocks.stream()
                            .map(block -> ChatJson.ordered(
                                    "type",
                                    block.type(),
                                    block.type(),
                                    block.words().toString()))
                            .toList());
        }
        if (!plan.isEmpty()) {
            extra.put(PLAN, plan.toString());
        }
        lists.forEach((name, list) -> extra.put(name, List.copyOf(list)));
        ChatJson.put(extra, Ending.BILLED, billed);
        return extra;
    }
}
