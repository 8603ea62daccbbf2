package io.aicore.observability;

import io.aicore.llm.codec.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Metadata as the JSON text of one column. */
final class MetadataJson {

    private static final int MAX_CHARS = 20_000;

    private MetadataJson() {}

    /** Sorted by name; entries that no longer fit are omitted completely, so that the JSON stays valid. */
    static String text(Map<String, String> extras) {
        Map<String, String> kept = new LinkedHashMap<>();
        String text = "{}";
        for (Map.Entry<String, String> extra : new TreeMap<>(extras).entrySet()) {
            kept.put(extra.getKey(), extra.getValue());
            String longer = new String(Json.write(kept), StandardCharsets.UTF_8);
            if (longer.length() > MAX_CHARS) {
                kept.remove(extra.getKey());
            } else {
                text = longer;
            }
        }
        return text;
    }

    /** The text as it stands within a value. */
    static String within(String text) {
        String json = new String(Json.write(Map.of("", text)), StandardCharsets.UTF_8);
        return json.substring("{\"\":\"".length(), json.length() - "\"}".length());
    }

    static Map<String, String> map(String text) {
        Map<String, String> extras = new LinkedHashMap<>();
        Json.read(text).members().forEach((name, value) -> extras.put(name, value.text()));
        return extras;
    }
}
