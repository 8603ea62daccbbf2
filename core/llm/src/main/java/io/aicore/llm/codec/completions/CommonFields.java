package io.aicore.llm.codec.completions;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects the other fields of a chat completions answer, under the hosts' own names, for its extra fields; those of a
 * stream are combined to what a plain answer would have. One instance per answer.
 */
final class CommonFields implements OtherFields {

    private static final String REASONING = "reasoning_details";
    private static final String CHOICES = "choices";
    private static final String CONTENT = "content";
    static final String TIER = "service_tier";
    /** Fields of the answer itself; a chunk that has one has its complete value. */
    private static final List<String> OF_ANSWER = List.of(
            "citations",
            "search_results",
            "images",
            "videos",
            "related_questions",
            TIER,
            "moderation",
            "prompt_filter_results");

    private static final List<String> OF_CHOICE = List.of("logprobs", "content_filter_results");
    private static final List<String> OF_MESSAGE =
            List.of("annotations", "citations", "images", "audio", "executed_tools", "context", REASONING);
    /** Fields that are an answer on their own. */
    private static final List<String> MEDIA = List.of("audio", "images", "videos", CONTENT);

    private static final Set<String> WORDS = Set.of("text", "thinking", "reasoning", "refusal", "output_text", "");
    /** Strings that a stream sends in pieces. */
    private static final Set<String> GROWING =
            Set.of(CONTENT, "reasoning_content", "reasoning", "refusal", "arguments", "data", "transcript");
    /** Lists that hosts repeat in later chunks. */
    private static final Set<String> REPEATED = Set.of("annotations", "citations", "images");

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<Long, Map<String, Object>> further = new TreeMap<>();

    @Override
    public void add(JsonFields tree, JsonFields choice, JsonFields message) {
        for (String name : OF_ANSWER) {
            Object said = said(tree.at(name));
            if (said != null) {
                fields.put(name, said);
            }
        }
        OF_CHOICE.forEach(name -> merge(fields, name, said(choice.at(name))));
        OF_MESSAGE.forEach(name -> merge(fields, name, said(message.at(name))));
        List<Object> parts = new ArrayList<>();
        for (JsonFields part : message.at(CONTENT).items()) {
            Object plain = WORDS.contains(part.text("type")) ? null : part.plain();
            if (plain != null) {
                parts.add(plain);
            }
        }
        merge(fields, CONTENT, parts.isEmpty() ? null : parts);
        for (JsonFields other : tree.at(CHOICES).elements()) {
            Long index = other.whole("index");
            if (index != null && index != 0 && other.plain() instanceof Map<?, ?> map) {
                Map<String, Object> known = further.computeIfAbsent(index, next -> new LinkedHashMap<>());
                map.forEach((name, value) -> merge(known, name.equals("delta") ? "message" : name.toString(), value));
            }
        }
    }

    @Override
    public boolean addPlain(String content, @Nullable String tier) {
        if (tier != null && !tier.isEmpty()) {
            fields.put(TIER, tier);
        }
        return true;
    }

    @Override
    public boolean isAnswer() {
        for (String name : MEDIA) {
            if (fields.containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Map<String, Object> extra() {
        if (further.isEmpty()) {
            return Collections.unmodifiableMap(fields);
        }
        Map<String, Object> extra = new LinkedHashMap<>(fields);
        extra.put(CHOICES, List.copyOf(further.values()));
        return extra;
    }

    /** The value; null if it is empty. */
    private static @Nullable Object said(JsonFields node) {
        boolean nothing = node.isAbsent()
                || (node.isContainer() && node.isEmpty())
                || (node.isString() && node.text().isEmpty());
        return nothing ? null : node.plain();
    }

    private static void merge(Map<String, Object> into, String name, @Nullable Object next) {
        if (next == null) {
            return;
        }
        Object old = into.get(name);
        if (old instanceof Map<?, ?> && next instanceof Map<?, ?> more) {
            Map<String, Object> both = Json.copy(old);
            more.forEach((key, value) -> merge(both, String.valueOf(key), value));
            into.put(name, both);
        } else if (old instanceof List<?> before && next instanceof List<?> more) {
            into.put(name, merged(name, before, more));
        } else if (old instanceof String before && next instanceof String more) {
            into.put(name, GROWING.contains(name) ? before + more : more.isEmpty() ? before : more);
        } else {
            into.put(name, next);
        }
    }

    /** Indexed elements are merged, others appended. */
    private static List<Object> merged(String name, List<?> before, List<?> more) {
        List<Object> all = new ArrayList<>(before);
        for (Object element : more) {
            int same = name.equals(REASONING) ? -1 : numbered(all, element);
            if (same >= 0) {
                Map<String, Object> both = Json.copy(all.get(same));
                Json.copy(element).forEach((key, value) -> merge(both, key, value));
                all.set(same, both);
            } else if (!REPEATED.contains(name) || !all.contains(element)) {
                all.add(element);
            }
        }
        return all;
    }

    private static int numbered(List<Object> all, @Nullable Object element) {
        Object number = element instanceof Map<?, ?> map ? map.get("index") : null;
        for (int i = 0; number != null && i < all.size(); i++) {
            if (all.get(i) instanceof Map<?, ?> map && number.equals(map.get("index"))) {
                return i;
            }
        }
        return -1;
    }
}
