package io.aicore.anthropic;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.json.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what an answer or the events of a stream say of its tokens. The numbers of a later event replace those before,
 * field by field. The API counts cached tokens beside the input, {@link Usage} within it.
 */
final class UsageReader {

    static final String INPUT = "input_tokens";
    static final String OUTPUT = "output_tokens";
    static final String WRITTEN = "cache_creation_input_tokens";
    static final String READ = "cache_read_input_tokens";
    static final String DETAILS = "output_tokens_details";
    static final String THINKING = "thinking_tokens";

    private static final int UNKNOWN = -1;

    private long input = UNKNOWN;
    private long output = UNKNOWN;
    private long written = UNKNOWN;
    private long read = UNKNOWN;
    private long thinking = UNKNOWN;

    /** The usage in this answer; null if it has none. */
    static @Nullable Usage of(JsonFields usage) {
        UsageReader reader = new UsageReader();
        reader.replace(usage);
        return reader.usage();
    }

    void replace(JsonFields usage) {
        input = later(input, known(usage.whole(INPUT)));
        output = later(output, known(usage.whole(OUTPUT)));
        written = later(written, known(usage.whole(WRITTEN)));
        read = later(read, known(usage.whole(READ)));
        thinking = later(thinking, known(usage.whole(DETAILS, THINKING)));
    }

    void clear() {
        input = UNKNOWN;
        output = UNKNOWN;
        written = UNKNOWN;
        read = UNKNOWN;
        thinking = UNKNOWN;
    }

    /** What is known so far; null if nothing. */
    @Nullable
    Usage usage() {
        return of(input, output, written, read, thinking);
    }

    /** The usage of these counts, of which negative ones are unknown; null if all are. */
    static @Nullable Usage of(long input, long output, long written, long read, long thinking) {
        boolean nothing = Math.max(Math.max(input, output), Math.max(Math.max(written, read), thinking)) < 0;
        long cached = count(written) + count(read);
        return nothing
                ? null
                : new Usage(count(input) + cached, count(output), count(read), count(written), count(thinking));
    }

    /** A gateway's later zero is no count. */
    private static long later(long before, long now) {
        return now > 0 || before < 0 ? now : before;
    }

    private static long known(@Nullable Long count) {
        return count == null ? UNKNOWN : count(count);
    }

    private static long count(long count) {
        return Math.max(0, count);
    }
}
