package io.aicore.bedrock;

import io.aicore.llm.codec.json.JsonFields;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an answer has beside its blocks, under the API's names. It is not sent back. */
final class Beside {

    private static final List<String> FIELDS =
            List.of("serviceTier", "performanceConfig", "trace", "additionalModelResponseFields");

    private static final Set<String> ROUTER = Set.of("promptRouter");

    private Beside() {}

    /** What this answer, or an event at its end, says. */
    static Map<String, Object> of(JsonFields holder) {
        Map<String, Object> beside = holder.present(FIELDS);
        // Who served it is the answer's model.
        beside.values()
                .removeIf(
                        plain -> plain instanceof Map<?, ?> map && map.keySet().equals(ROUTER));
        return beside;
    }
}
