package io.aicore.bedrock;

import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.CallIds;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.Turns;
import io.aicore.llm.codec.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conversation's JSON, in turns of blocks. */
final class MessageEncoder {

    private static final String CACHE_POINT = "cachePoint";
    private static final String STATUS = "status";
    // The mark of a tool that failed, which every conversation may have.
    private static final String IS_ERROR = "is_error";

    private static final String TOOL_USE = "toolUse";
    private static final String TYPE = "type";
    private static final CallIds IDS = CallIds.words(64);
    private static final Turns TURNS = new Turns(message -> marked(message, blocks(message)), blocks -> blocks);

    private MessageEncoder() {}

    /** The system prompt's blocks. */
    static List<Map<String, Object>> system(List<Message> messages) {
        return TURNS.system(messages);
    }

    static List<Object> messages(List<Message> messages) {
        return TURNS.of(messages);
    }

    /** Whether the conversation holds calls or results: then the API wants its tools declared. */
    static boolean hasCalls(List<Message> messages) {
        return messages.stream()
                .anyMatch(message ->
                        message.role() == Role.TOOL || !message.toolCalls().isEmpty());
    }

    private static List<Map<String, Object>> blocks(Message message) {
        List<Map<String, Object>> kept = Turns.kept(message, Blocks.KEPT);
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
        Map<String, Object> known = Json.copy(use);
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
        } else if (Boolean.TRUE.equals(message.extra().get(IS_ERROR))) {
            result.put(STATUS, "error");
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
