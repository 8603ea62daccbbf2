package io.aicore.bedrock;

import io.aicore.llm.codec.json.JsonFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an answer has beside its blocks, under the API's names. It is not sent back. */
final class Beside {

    private static final List<String> FIELDS =
            List.of("serviceTier", "performanceConfig", "trace", "additionalModelResponseFields");

    private Beside() {}

    /** What this answer, or an event at its end, says. */
    static Map<String, Object> of(JsonFields holder) {
        Map<String, Object> beside = new LinkedHashMap<>();
        for (String name : FIELDS) {
            JsonFields node = holder.at(name);
            Object plain = node.isAbsent() ? null : node.plain();
            // Who served it is the answer's model.
            boolean routed = plain instanceof Map<?, ?> map && map.keySet().equals(Set.of("promptRouter"));
            if (plain != null && !routed) {
                beside.put(name, plain);
            }
        }
        return beside;
    }
}
