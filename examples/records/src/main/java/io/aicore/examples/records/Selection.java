package io.aicore.examples.records;

import io.aicore.llm.observe.CallOutcome;
import io.aicore.observability.OperationFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which calls, as options. */
final class Selection {

    @Option(names = "--from", paramLabel = "TIME", converter = Time.class, description = "Calls from then on.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", converter = Time.class, description = "Calls before then.")
    private @Nullable Instant to;

    @Option(names = "--provider", paramLabel = "NAME", description = "Calls of this provider.")
    private @Nullable String provider;

    @Option(names = "--model", paramLabel = "NAME", description = "Calls of this model.")
    private @Nullable String model;

    @Option(names = "--outcome", description = "Calls that ended so: success, error or cancelled.")
    private @Nullable CallOutcome outcome;

    @Option(names = "--category", paramLabel = "WORD", description = "Calls whose last failure was of this kind.")
    private @Nullable String category;

    @Option(names = "--min-tokens", paramLabel = "N", description = "Calls of at least so many tokens.")
    private @Nullable Long minTokens;

    @Option(names = "--max-tokens", paramLabel = "N", description = "Calls of at most so many tokens.")
    private @Nullable Long maxTokens;

    @Option(names = "--min-latency", paramLabel = "MS", description = "Calls of at least so many milliseconds.")
    private @Nullable Long minLatency;

    @Option(names = "--max-latency", paramLabel = "MS", description = "Calls of at most so many milliseconds.")
    private @Nullable Long maxLatency;

    @Option(names = "--retried", description = "Calls with at least one retry.")
    private boolean retried;

    @Option(names = "--session", paramLabel = "ID", description = "Calls of this session.")
    private @Nullable String session;

    @Option(names = "--workspace", paramLabel = "ID", description = "Calls for this workspace.")
    private @Nullable String workspace;

    @Option(names = "--agent", paramLabel = "ID", description = "Calls of this agent.")
    private @Nullable String agent;

    @Option(names = "--text", paramLabel = "TEXT", description = "Calls with this text in their extras.")
    private @Nullable String text;

    OperationFilter filter() {
        OperationFilter filter = OperationFilter.ALL
                .from(from)
                .to(to)
                .provider(provider)
                .model(model)
                .outcome(outcome)
                .category(category)
                .tokens(minTokens, maxTokens)
                .latency(millis(minLatency), millis(maxLatency))
                .session(session)
                .workspace(workspace)
                .agent(agent)
                .text(text);
        return retried ? filter.retried() : filter;
    }

    private static @Nullable Duration millis(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }

    /** Instants. */
    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String value) {
            try {
                return Instant.parse(value);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + value + "' (expected: a time as 2026-01-31T12:00:00Z)");
            }
        }
    }
}
