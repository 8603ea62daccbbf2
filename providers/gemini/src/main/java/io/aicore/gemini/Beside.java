package io.aicore.gemini;

import io.aicore.llm.codec.json.JsonFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an answer has beside its parts, under Google's names: where it is grounded, probabilities, ratings, further candidates.
 * In a stream the last event that has a field has all of it, but for probabilities, of which each event has its own.
 */
final class Beside {

    private static final List<String> OF_CANDIDATE = List.of(
            "groundingMetadata",
            "citationMetadata",
            "urlContextMetadata",
            "safetyRatings",
            "avgLogprobs",
            "finishMessage");

    static final String TIER = "serviceTier";
    static final String TRAFFIC = "trafficType";
    private static final List<String> OF_USAGE = List.of(TIER, TRAFFIC);
    private static final String PROBABILITIES = "logprobsResult";
    private static final String CANDIDATES = "candidates";

    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Probabilities probabilities = new Probabilities();
    private final Map<Long, FurtherCandidate> further = new TreeMap<>();

    void add(JsonFields tree, JsonFields candidate) {
        OF_CANDIDATE.forEach(name -> keep(name, candidate.at(name)));
        OF_USAGE.forEach(name -> keep(name, tree.at("usageMetadata", name)));
        probabilities.add(candidate.at(PROBABILITIES));
        for (JsonFields other : tree.at(CANDIDATES).elements()) {
            Long index = other.whole("index");
            if (index != null && index != 0) {
                further.computeIfAbsent(index, next -> new FurtherCandidate()).add(other);
            }
        }
    }

    private void keep(String name, JsonFields node) {
        keep(name, plain(node));
    }

    /** Keeps this value, unless it is null or empty. */
    void keep(String name, @Nullable Object plain) {
        if (plain != null && !(plain instanceof Map<?, ?> map && map.isEmpty())) {
            fields.put(name, plain);
        }
    }

    static @Nullable Object plain(JsonFields node) {
        boolean nothing = node.isAbsent() || (node.isContainer() && node.isEmpty());
        return nothing ? null : node.plain();
    }

    Map<String, Object> extra() {
        Map<String, Object> extra = new LinkedHashMap<>(fields);
        if (!probabilities.isEmpty()) {
            extra.put(PROBABILITIES, probabilities.all());
        }
        if (!further.isEmpty()) {
            extra.put(
                    CANDIDATES,
                    further.values().stream().map(FurtherCandidate::whole).toList());
        }
        return extra;
    }
}
