package io.aicore.anthropic;

import io.aicore.llm.codec.json.JsonFields;
import java.util.List;
import java.util.Map;

/** What an answer has beside its blocks, under the API's names. It is not sent back. */
final class Beside {

    private static final List<String> OF_USAGE = List.of("service_tier", "inference_geo", "server_tool_use");
    private static final List<String> OF_MESSAGE =
            List.of("container", "context_management", "stop_sequence", "stop_details");

    private Beside() {}

    /** What this message, or an event about its end, says of it. */
    static Map<String, Object> of(JsonFields message) {
        Map<String, Object> beside = message.at("usage").present(OF_USAGE);
        beside.putAll(message.present(OF_MESSAGE));
        // Where a stream says it.
        beside.putAll(message.at("delta").present(OF_MESSAGE));
        return beside;
    }
}
