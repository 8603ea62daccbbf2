package io.aicore.llm.codec;

import io.aicore.llm.chat.ToolCallDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Gives each fragment of a tool call in a stream of chat completions the index of its call. By the protocol the fragment says
 * it; where it does not, or where a host gives every call index 0, its id tells. A name or id that is empty is a repetition of
 * nothing. One for each stream; not for several threads at once.
 */
public final class ToolCallFragments {

    private final Map<Integer, String> ids = new HashMap<>();
    private final Map<String, Integer> moved = new HashMap<>();
    private int last = -1;
    private int highest = -1;

    /** Whether there were any so far. */
    public boolean any() {
        return highest >= 0;
    }

    /** The fragments in this delta of a choice. */
    public List<ToolCallDelta> of(JsonNode delta) {
        List<ToolCallDelta> deltas = new ArrayList<>();
        JsonNode fragments = delta.path("tool_calls");
        int position = 0;
        for (JsonNode fragment : fragments.isArray() ? fragments.values() : List.<JsonNode>of()) {
            add(deltas, fragment, ToolCallFields.name(fragment), ToolCallFields.arguments(fragment), position++);
        }
        JsonNode legacy = delta.path("function_call");
        if (legacy.isObject()) {
            String name = Json.string(legacy, "name");
            add(deltas, legacy, name == null ? "" : name, ToolCallFields.text(legacy.path("arguments")), 0);
        }
        return deltas;
    }

    private void add(List<ToolCallDelta> deltas, JsonNode fragment, String name, String arguments, int position) {
        String id = Json.string(fragment, "id");
        id = id == null ? "" : id;
        int index = index(Json.whole(fragment, "index"), id, name, position);
        boolean known = ids.containsKey(index);
        if (known && name.isEmpty() && arguments.isEmpty()) {
            return;
        }
        boolean newId = !id.isEmpty() && !id.equals(ids.get(index));
        if (!known || newId) {
            ids.put(index, id);
        }
        last = index;
        highest = Math.max(highest, index);
        deltas.add(new ToolCallDelta(index, newId ? id : null, name.isEmpty() ? null : name, arguments));
    }

    private int index(@Nullable Long said, String id, String name, int position) {
        Integer elsewhere = id.isEmpty() ? null : moved.get(id);
        if (elsewhere != null) {
            return elsewhere;
        }
        boolean begins = !id.isEmpty() && !name.isEmpty() && !ids.containsValue(id);
        if (said == null) {
            return begins || last < 0 ? moveTo(id, highest + 1) : position > 0 || last < 0 ? position : last;
        }
        int index = (int) Math.max(0, Math.min(said, 10_000));
        String occupant = ids.get(index);
        boolean taken = begins && occupant != null && !occupant.isEmpty();
        return taken ? moveTo(id, highest + 1) : index;
    }

    private int moveTo(String id, int index) {
        if (!id.isEmpty()) {
            moved.put(id, index);
        }
        return index;
    }
}
