package io.aicore.llm.codec;

import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.codec.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Converts conversations for protocols whose turns are blocks of content. System messages become the system prompt;
 * adjacent messages of one role are merged into one turn, tool results first, because all results of a turn's calls
 * must be in the next turn.
 *
 * @param blocks converts one message to its blocks
 * @param content converts the blocks of a turn to its content
 */
public record Turns(
        Function<Message, List<Map<String, Object>>> blocks, Function<List<Map<String, Object>>, Object> content) {

    /** The system prompt's blocks. */
    public List<Map<String, Object>> system(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.role() == Role.SYSTEM)
                .flatMap(message -> blocks.apply(message).stream())
                .toList();
    }

    /** The turns of {@code user} and {@code assistant}. */
    public List<Object> of(List<Message> messages) {
        List<Object> turns = new ArrayList<>();
        List<Map<String, Object>> results = new ArrayList<>();
        List<Map<String, Object>> others = new ArrayList<>();
        boolean assistant = false;
        for (Message message : messages) {
            if (message.role() == Role.SYSTEM) {
                continue;
            }
            boolean next = message.role() == Role.ASSISTANT;
            if (next != assistant) {
                close(turns, assistant, results, others);
                assistant = next;
            }
            (message.role() == Role.TOOL ? results : others).addAll(blocks.apply(message));
        }
        close(turns, assistant, results, others);
        return turns;
    }

    private void close(
            List<Object> turns,
            boolean assistant,
            List<Map<String, Object>> results,
            List<Map<String, Object>> others) {
        List<Map<String, Object>> all = new ArrayList<>(results);
        all.addAll(others);
        results.clear();
        others.clear();
        if (!all.isEmpty()) {
            turns.add(ChatJson.ordered("role", assistant ? "assistant" : "user", "content", content.apply(all)));
        }
    }

    /**
     * Copies of the blocks that an answer stored on its message under this name, without empty texts, which an answer
     * may contain but a request may not.
     */
    public static List<Map<String, Object>> kept(Message message, String name) {
        List<Map<String, Object>> blocks = new ArrayList<>();
        if (message.extra().get(name) instanceof List<?> list) {
            for (Object block : list) {
                if (block instanceof Map<?, ?> fields && !"".equals(fields.get("text"))) {
                    blocks.add(Json.copy(fields));
                }
            }
        }
        return blocks;
    }
}
