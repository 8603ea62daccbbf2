package io.aicore.gemini;

import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an answer as they came, kept on it as {@code extra("parts")} where they hold what the next turn must give
 * back in the same part: thought signatures, ids of calls, and kinds of parts that have no other place.
 */
final class KeptParts {

    /** Where they stand among the extra fields of an answer and of a message. */
    static final String PARTS = "parts";

    private static final String CALL = "functionCall";
    private static final String ID = "id";
    private static final String NAME = "name";

    private KeptParts() {}

    /** The parts to send for this turn; null if none were kept, or if the turn was changed since. */
    static @Nullable List<Map<String, Object>> of(Message turn) {
        if (!(turn.extra().get(PARTS) instanceof List<?> list)) {
            return null;
        }
        List<Map<String, Object>> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        List<String> calls = new ArrayList<>();
        for (Object element : list) {
            if (!(element instanceof Map<?, ?> map)) {
                return null;
            }
            Map<String, Object> part = Json.copy(map);
            parts.add(part);
            if (part.get("text") instanceof String words && !Boolean.TRUE.equals(part.get("thought"))) {
                text.append(words);
            }
            if (part.get(CALL) instanceof Map<?, ?> call) {
                part.put(CALL, known(call, turn.toolCalls(), calls.size()));
                calls.add(call.get(NAME) instanceof String name ? name : "");
            }
        }
        return text.toString().equals(turn.text()) && areSame(calls, turn.toolCalls()) ? parts : null;
    }

    /** A name that was written with more around it is known by the tool's own. */
    private static boolean areSame(List<String> written, List<ToolCall> calls) {
        boolean same = written.size() == calls.size();
        for (int i = 0; same && i < calls.size(); i++) {
            same = written.get(i).contains(calls.get(i).name());
        }
        return same;
    }

    /** The call by the name and the id that the conversation knows it by, where it has one. */
    private static Map<String, Object> known(Map<?, ?> call, List<ToolCall> calls, int position) {
        Map<String, Object> known = Json.copy(call);
        if (position < calls.size()) {
            known.put(NAME, calls.get(position).name());
            if (known.get(ID) instanceof String id && !id.isEmpty()) {
                known.put(ID, calls.get(position).id());
            }
        }
        return known;
    }

    /** The provider's own id of the call at this position; null if it gave none. */
    static @Nullable String callId(Message turn, int position) {
        List<Map<String, Object>> parts = of(turn);
        int call = -1;
        for (Map<String, Object> part : parts == null ? List.<Map<String, Object>>of() : parts) {
            if (part.get(CALL) instanceof Map<?, ?> function && ++call == position) {
                return function.get(ID) instanceof String id && !id.isEmpty() ? id : null;
            }
        }
        return null;
    }
}
