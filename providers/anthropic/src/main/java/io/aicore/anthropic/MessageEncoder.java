package io.aicore.anthropic;

import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.CallIds;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.Turns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conversation's JSON, in turns of blocks. */
final class MessageEncoder {

    private static final String CACHE_CONTROL = "cache_control";
    private static final String IS_ERROR = "is_error";

    private static final CallIds IDS = CallIds.words(64);
    private static final Turns TURNS = new Turns(message -> marked(message, blocks(message)), Blocks::shortest);

    private MessageEncoder() {}

    /** A string, or blocks if there is more than one text; null without a system message. */
    static @Nullable Object system(List<Message> messages) {
        List<Map<String, Object>> blocks = TURNS.system(messages);
        return blocks.isEmpty() ? null : Blocks.shortest(blocks);
    }

    static List<Object> messages(List<Message> messages) {
        return TURNS.of(messages);
    }

    private static List<Map<String, Object>> blocks(Message message) {
        // Only in the model's own turn: in a user's, quotes with their sources are refused.
        List<Map<String, Object>> kept =
                message.role() == Role.ASSISTANT ? Turns.kept(message, Blocks.KEPT) : List.of();
        if (!kept.isEmpty()) {
            return known(kept, message.toolCalls());
        }
        if (message.role() == Role.TOOL) {
            return List.of(result(message));
        }
        List<Map<String, Object>> blocks = new ArrayList<>(Blocks.of(message.content()));
        message.toolCalls().forEach(call -> blocks.add(call(call)));
        return blocks;
    }

    /** The calls among these blocks by the ids and names that the conversation knows them by. */
    private static List<Map<String, Object>> known(List<Map<String, Object>> kept, List<ToolCall> calls) {
        int next = 0;
        for (Map<String, Object> block : kept) {
            if ("tool_use".equals(block.get("type")) && next < calls.size()) {
                ToolCall call = calls.get(next++);
                block.put("id", IDS.of(call.id()));
                block.put("name", call.name());
            }
        }
        return kept;
    }

    private static Map<String, Object> result(Message message) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("type", "tool_result");
        result.put("tool_use_id", IDS.of(String.valueOf(message.toolCallId())));
        List<Map<String, Object>> content = Blocks.of(message.content());
        if (!content.isEmpty()) {
            result.put("content", Blocks.shortest(content));
        }
        if (message.extra().get(IS_ERROR) instanceof Boolean failed) {
            result.put(IS_ERROR, failed);
        }
        return result;
    }

    private static Map<String, Object> call(ToolCall call) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", "tool_use");
        block.put("id", IDS.of(call.id()));
        block.put("name", call.name());
        block.put("input", ToolArguments.sent(call.arguments()));
        return block;
    }

    /** The message's cache mark stands on its last block. */
    private static List<Map<String, Object>> marked(Message message, List<Map<String, Object>> blocks) {
        Object mark = message.extra().get(CACHE_CONTROL);
        if (mark == null || blocks.isEmpty()) {
            return blocks;
        }
        List<Map<String, Object>> marked = new ArrayList<>(blocks);
        Map<String, Object> last = new LinkedHashMap<>(marked.remove(marked.size() - 1));
        last.put(CACHE_CONTROL, mark);
        marked.add(last);
        return marked;
    }
}
