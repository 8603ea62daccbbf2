package io.aicore.examples.explain;

import io.aicore.examples.explain.Score.Field;
import io.aicore.llm.Llm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the command line asks for. */
@Command(
        name = "explain",
        header = "Says what a failure of an LLM provider means, and what the client would do.",
        customSynopsis = {
            "java -jar explain.jar --status CODE [--provider NAME] [--header 'NAME: VALUE']... [--body FILE|-]",
            "                             [--phase response|stream] [--now INSTANT] [--json]",
            "       java -jar explain.jar --jsonl FILE|- [--score [--min-retryable PERCENT]...]"
        },
        sortOptions = false,
        optionListHeading = "%n",
        footer = {
            "",
            "A case of --jsonl has the fields id, provider, status, headers, body, phase, now and expected.",
            "Exit codes: 0 done, 2 wrong arguments or input, 3 an accuracy below its threshold."
        })
final class Arguments {

    static final String DEFAULT_PROVIDER = "openai-compatible";
    static final String RESPONSE = "response";
    static final String STREAM = "stream";

    // Not final: filled in by picocli.
    @Option(names = "--provider", paramLabel = "NAME", description = "Who failed. Default: " + DEFAULT_PROVIDER)
    String provider = DEFAULT_PROVIDER;

    @Option(names = "--status", paramLabel = "CODE", description = "The HTTP status.")
    @Nullable
    Integer status;

    @Option(names = "--header", paramLabel = "'NAME: VALUE'", description = "A response header; any number of times.")
    private List<String> headers = List.of();

    @Option(
            names = "--body",
            paramLabel = "FILE",
            description = "The response body; - is standard input. Default: empty")
    @Nullable
    String body;

    @Option(
            names = "--phase",
            paramLabel = "PHASE",
            description = "response, or stream: the body is what came of a stream. Default: " + RESPONSE)
    private String phase = RESPONSE;

    @Option(
            names = "--now",
            paramLabel = "INSTANT",
            description = "When it came, as 2026-01-31T12:00:00Z. Default: now")
    @Nullable
    String now;

    @Option(names = "--json", description = "Print one line of JSON.")
    boolean json;

    @Option(
            names = "--jsonl",
            paramLabel = "FILE",
            description = "Read cases, one JSON object a line; print a verdict a line.")
    @Nullable
    String jsonl;

    @Option(names = "--score", description = "Compare with what the cases expect: print accuracies and misses instead.")
    boolean score;

    @Option(
            names = "--min-retryable",
            paramLabel = "PERCENT",
            description = "Exit with 3 if less of it is right; also:")
    private @Nullable Double minRetryable;

    @Option(names = "--min-delay", paramLabel = "PERCENT", description = "of the delays of retryable cases,")
    private @Nullable Double minDelay;

    @Option(names = "--min-category", paramLabel = "PERCENT", description = "of the categories,")
    private @Nullable Double minCategory;

    @Option(
            names = "--min-nasty-retryable",
            paramLabel = "PERCENT",
            description = "and the same of the cases tagged nasty.")
    private @Nullable Double minNastyRetryable;

    @Option(names = "--min-nasty-delay", paramLabel = "PERCENT")
    private @Nullable Double minNastyDelay;

    @Option(names = "--min-nasty-category", paramLabel = "PERCENT")
    private @Nullable Double minNastyCategory;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    private Arguments() {}

    /**
     * The arguments read.
     *
     * @throws IllegalArgumentException with one line that says what is wrong
     */
    static Arguments parse(String... args) {
        Arguments arguments = new Arguments();
        try {
            commandLine(arguments).parseArgs(args);
        } catch (ParameterException e) {
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong arguments");
            String lower = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
            throw new IllegalArgumentException(lower + " (try --help)", e);
        }
        if (!arguments.help) {
            arguments.check();
        }
        return arguments;
    }

    private void check() {
        if ((status == null) == (jsonl == null)) {
            throw new IllegalArgumentException("--status or --jsonl: expected one of them (try --help)");
        }
        if (status != null && (status < 100 || status > 999)) {
            throw new IllegalArgumentException("--status: " + status + " (expected: 100 to 999)");
        }
        if (!Llm.providers().contains(provider)) {
            throw new IllegalArgumentException(
                    "--provider: '" + provider + "' (expected one of: " + String.join(", ", Llm.providers()) + ")");
        }
        if (score && jsonl == null) {
            throw new IllegalArgumentException("--score: needs --jsonl");
        }
        if (jsonl != null && (body != null || !headers.isEmpty())) {
            throw new IllegalArgumentException("--jsonl: its cases have their own --body and --header");
        }
        Map<String, Double> thresholds = new LinkedHashMap<>(thresholds("--min-", minRetryable, minDelay, minCategory));
        thresholds.putAll(thresholds("--min-nasty-", minNastyRetryable, minNastyDelay, minNastyCategory));
        thresholds.forEach((name, percent) -> {
            if (!score) {
                throw new IllegalArgumentException(name + ": needs --score");
            }
            if (!(percent >= 0 && percent <= 100)) {
                throw new IllegalArgumentException(name + ": " + percent + " (expected: 0 to 100)");
            }
        });
    }

    private static Map<String, Double> thresholds(
            String prefix, @Nullable Double retryable, @Nullable Double delay, @Nullable Double category) {
        Map<String, Double> given = new LinkedHashMap<>();
        put(given, prefix + "retryable", retryable);
        put(given, prefix + "delay", delay);
        put(given, prefix + "category", category);
        return given;
    }

    private static void put(Map<String, Double> given, String name, @Nullable Double percent) {
        if (percent != null) {
            given.put(name, percent);
        }
    }

    static String usage() {
        return commandLine(new Arguments()).getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    private static CommandLine commandLine(Arguments arguments) {
        return new CommandLine(arguments).setExpandAtFiles(false).setUsageHelpWidth(110);
    }

    /** By name, in lower case. */
    Map<String, String> headers() {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("--header: '" + header + "' (expected: NAME: VALUE)");
            }
            byName.put(
                    header.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return byName;
    }

    boolean stream() {
        return CaseReader.stream(phase);
    }

    /** The least percentage asked of this field; null if none was. */
    @Nullable
    Double least(Field field) {
        return switch (field) {
            case RETRYABLE -> minRetryable;
            case DELAY -> minDelay;
            case CATEGORY -> minCategory;
        };
    }

    /** The same of the nasty cases alone. */
    @Nullable
    Double leastNasty(Field field) {
        return switch (field) {
            case RETRYABLE -> minNastyRetryable;
            case DELAY -> minNastyDelay;
            case CATEGORY -> minNastyCategory;
        };
    }
}
