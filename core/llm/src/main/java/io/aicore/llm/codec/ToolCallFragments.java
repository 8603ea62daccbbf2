package io.aicore.llm.codec;

import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assigns each fragment of a tool call in a stream of chat completions to the index of its call. The protocol requires
 * the fragment's index, but hosts omit it, use the same one for every call, or send no ids: a call begins at a new id,
 * at an unused index, or at a name when the call at that index has complete arguments or another name. All other
 * fragments belong to the last call at their index. One instance per stream; not thread-safe. Keeps the arguments in
 * memory.
 */
public final class ToolCallFragments {

    private static final int MAX_INDEX = 10_000;

    // All made by the first call: most streams have none.
    private Map<Integer, StreamedToolCall> latest = Map.of();
    private Map<String, StreamedToolCall> byId = Map.of();
    private Set<Integer> used = Set.of();
    private List<StreamedToolCall> calls = List.of();

    private @Nullable StreamedToolCall last;
    private int highest = -1;
    private int delta;

    /** Creates the state of a stream without calls. */
    public ToolCallFragments() {}

    /** Whether there were any fragments. */
    public boolean any() {
        return !calls.isEmpty();
    }

    /** The fragments in this delta of a choice. */
    public List<ToolCallDelta> of(JsonFields delta) {
        this.delta++;
        List<ToolCallDelta> deltas = new ArrayList<>();
        List<JsonFields> fragments = delta.at("tool_calls").items();
        for (int position = 0; position < fragments.size(); position++) {
            ToolCallFragment fragment = fragment(fragments.get(position), position, fragments.size());
            if (!fragment.isEmpty()) {
                add(deltas, fragment, target(fragment));
            }
        }
        legacy(deltas, delta.at("function_call"));
        return deltas;
    }

    /** A delta without fragments. */
    public void none() {
        delta++;
    }

    /** The held-back arguments, to be emitted at the end of the answer before its finish reason. */
    public List<ToolCallDelta> rest() {
        List<ToolCallDelta> deltas = new ArrayList<>();
        for (StreamedToolCall call : calls) {
            ToolCallDelta rest = call.rest();
            if (rest != null) {
                deltas.add(rest);
            }
        }
        return deltas;
    }

    private ToolCallFragment fragment(JsonFields json, int position, int several) {
        Long index = json.whole("index");
        // Without indexes, several of one delta are told apart by their places.
        Integer place = several > 1 ? position : null;
        Integer said = index == null ? place : Integer.valueOf((int) Math.max(0, Math.min(index, MAX_INDEX)));
        return new ToolCallFragment(
                delta, said, json.text("id"), ToolCallFields.name(json), ToolCallFields.arguments(json));
    }

    /** The legacy form: one function, without an id. */
    private void legacy(List<ToolCallDelta> deltas, JsonFields call) {
        String arguments = ToolCallFields.text(call.at("arguments"));
        ToolCallFragment fragment = new ToolCallFragment(delta, null, "", call.text("name"), arguments);
        if (!fragment.isEmpty()) {
            add(deltas, fragment, last == null ? begin(fragment, null) : last);
        }
    }

    private StreamedToolCall target(ToolCallFragment fragment) {
        StreamedToolCall at = fragment.said() == null ? last : latest.get(fragment.said());
        StreamedToolCall known = byId.get(fragment.id());
        if (known != null) {
            boolean elsewhere =
                    fragment.said() != null && at == null && !fragment.name().isEmpty();
            return elsewhere || known.endsBefore(fragment) ? begin(fragment, known) : known;
        }
        if (at == null) {
            return last != null && fragment.goesOn() && !last.whole() ? last : begin(fragment, null);
        }
        if (!fragment.id().isEmpty() && at.hasId()) {
            // Some hosts make up another id for every fragment, but say the name once.
            return fragment.name().isEmpty() && !at.whole() ? at : begin(fragment, null);
        }
        return at.endsBefore(fragment) ? begin(fragment, at) : at;
    }

    /**
     * @param before the previous call of the same tool, whose name may apply to both; null without one
     */
    private StreamedToolCall begin(ToolCallFragment fragment, @Nullable StreamedToolCall before) {
        if (calls.isEmpty()) {
            latest = new HashMap<>();
            byId = new HashMap<>();
            used = new HashSet<>();
            calls = new ArrayList<>();
        }
        Integer said = fragment.said();
        int index = said == null || used.contains(said) ? highest + 1 : said;
        StreamedToolCall call = new StreamedToolCall(index, before == null ? "" : before.name());
        used.add(index);
        highest = Math.max(highest, index);
        latest.put(said == null ? Integer.valueOf(index) : said, call);
        calls.add(call);
        return call;
    }

    private void add(List<ToolCallDelta> deltas, ToolCallFragment fragment, StreamedToolCall call) {
        if (!fragment.id().isEmpty()) {
            byId.put(fragment.id(), call);
        }
        last = call;
        ToolCallDelta told = call.add(fragment);
        if (told != null) {
            deltas.add(told);
        }
    }
}
