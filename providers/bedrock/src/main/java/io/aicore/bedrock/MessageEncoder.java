package io.aicore.bedrock;

import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.CallIds;
import io.aicore.llm.codec.ToolArguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The conversation's JSON. System messages leave it for the system prompt; neighbours of one role become one turn, with tool
 * results at its beginning, because all results of a turn's calls must stand in the very next one.
 */
final class MessageEncoder {

    private static final String CACHE_POINT = "cachePoint";
    private static final String STATUS = "status";

    private static final String TOOL_USE = "toolUse";
    private static final String TYPE = "type";
    private static final CallIds IDS = CallIds.words(64);

    private MessageEncoder() {}

    /** The system prompt's blocks. */
    static List<Map<String, Object>> system(List<Message> messages) {
        List<Map<String, Object>> blocks = new ArrayList<>();
        for (Message message : messages) {
            if (message.role() == Role.SYSTEM) {
                blocks.addAll(marked(message, blocks(message)));
            }
        }
        return blocks;
    }

    static List<Object> messages(List<Message> messages) {
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
            (message.role() == Role.TOOL ? results : others).addAll(marked(message, blocks(message)));
        }
        close(turns, assistant, results, others);
        return turns;
    }

    /** Whether the conversation holds calls or results: then the API wants its tools declared. */
    static boolean hasCalls(List<Message> messages) {
        return messages.stream()
                .anyMatch(message ->
                        message.role() == Role.TOOL || !message.toolCalls().isEmpty());
    }

    private static void close(
            List<Object> turns,
            boolean assistant,
            List<Map<String, Object>> results,
            List<Map<String, Object>> others) {
        List<Map<String, Object>> all = new ArrayList<>(results);
        all.addAll(others);
        results.clear();
        others.clear();
        if (!all.isEmpty()) {
            Map<String, Object> turn = new LinkedHashMap<>();
            turn.put("role", assistant ? "assistant" : "user");
            turn.put("content", all);
            turns.add(turn);
        }
    }

    private static List<Map<String, Object>> blocks(Message message) {
        List<Map<String, Object>> kept = Blocks.kept(message.extra());
        if (!kept.isEmpty()) {
            return known(kept, message.toolCalls());
        }
        List<Map<String, Object>> blocks = new ArrayList<>(Blocks.of(message.content()));
        if (message.role() == Role.TOOL) {
            return List.of(result(message, blocks));
        }
        message.toolCalls().forEach(call -> blocks.add(call(call)));
        return blocks;
    }

    /** The calls among these blocks by the ids and names that the conversation knows them by. */
    private static List<Map<String, Object>> known(List<Map<String, Object>> kept, List<ToolCall> calls) {
        int next = 0;
        for (Map<String, Object> block : kept) {
            boolean isCall = block.get(TOOL_USE) instanceof Map<?, ?> use && !"server_tool_use".equals(use.get(TYPE));
            if (isCall && block.get(TOOL_USE) instanceof Map<?, ?> use && next < calls.size()) {
                block.put(TOOL_USE, known(use, calls.get(next++)));
            }
        }
        return kept;
    }

    private static Map<String, Object> known(Map<?, ?> use, ToolCall call) {
        Map<String, Object> known = new LinkedHashMap<>();
        use.forEach((name, value) -> known.put(String.valueOf(name), value));
        known.put("toolUseId", IDS.of(call.id()));
        known.put("name", call.name());
        // Answers have it; the request knows no type but that of AWS's own calls.
        known.remove(TYPE);
        return known;
    }

    private static Map<String, Object> result(Message message, List<Map<String, Object>> content) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("toolUseId", IDS.of(String.valueOf(message.toolCallId())));
        result.put("content", content);
        if (message.extra().get(STATUS) instanceof String status) {
            result.put(STATUS, status);
        }
        return Blocks.block("toolResult", result);
    }

    private static Map<String, Object> call(ToolCall call) {
        Map<String, Object> use = new LinkedHashMap<>();
        use.put("toolUseId", IDS.of(call.id()));
        use.put("name", call.name());
        use.put("input", ToolArguments.sent(call.arguments()));
        return Blocks.block(TOOL_USE, use);
    }

    /** The message's cache point stands behind its last block. */
    private static List<Map<String, Object>> marked(Message message, List<Map<String, Object>> blocks) {
        Object point = message.extra().get(CACHE_POINT);
        if (point == null || blocks.isEmpty()) {
            return blocks;
        }
        List<Map<String, Object>> marked = new ArrayList<>(blocks);
        marked.add(Blocks.block(CACHE_POINT, point));
        return marked;
    }
}
