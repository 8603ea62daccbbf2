package io.aicore.anthropic;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.JsonFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what an answer or the events of a stream say of its tokens. The numbers of a later event replace those before,
 * field by field. The API counts cached tokens beside the input, {@link Usage} within it.
 */
final class UsageReader {

    private static final String INPUT = "input_tokens";
    private static final String OUTPUT = "output_tokens";
    private static final String WRITTEN = "cache_creation_input_tokens";
    private static final String READ = "cache_read_input_tokens";
    private static final List<String> COUNTS = List.of(INPUT, OUTPUT, WRITTEN, READ);
    private static final String THINKING = "thinking_tokens";

    private final Map<String, Long> counts = new HashMap<>();

    /** The usage in this answer; null if it has none. */
    static @Nullable Usage of(JsonFields usage) {
        UsageReader reader = new UsageReader();
        reader.replace(usage);
        return reader.usage();
    }

    void replace(JsonFields usage) {
        COUNTS.forEach(name -> put(name, usage.whole(name)));
        put(THINKING, usage.whole("output_tokens_details", THINKING));
    }

    void clear() {
        counts.clear();
    }

    /** What is known so far; null if nothing. */
    @Nullable
    Usage usage() {
        if (counts.isEmpty()) {
            return null;
        }
        long written = count(WRITTEN);
        long read = count(READ);
        return new Usage(count(INPUT) + written + read, count(OUTPUT), read, written, count(THINKING));
    }

    private void put(String name, @Nullable Long value) {
        if (value != null) {
            // A gateway's later zero is no count.
            counts.merge(name, Math.max(0, value), (old, now) -> now == 0 ? old : now);
        }
    }

    private long count(String name) {
        return counts.getOrDefault(name, 0L);
    }
}
