package io.aicore.examples.quickstart;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the command line asks for. */
@Command(
        name = "quickstart",
        header = "Asks an LLM provider a question, and shows what it took to get the answer.",
        customSynopsis =
                "java -jar quickstart.jar [--stream] [--json] [--config FILE] [--record URL] [--dashboard] [PROMPT]",
        optionListHeading = "%n",
        parameterListHeading = "%n",
        footer = {
            "",
            "Without a key it asks a provider of its own on this machine, which fails three times before it answers.",
            "To ask a real one, set LLM_API_KEY (or OPENAI_API_KEY), LLM_MODEL and, if it is not OpenAI, LLM_PROVIDER;",
            "or LLM_PROVIDER=ollama-openai for a model on this machine. LLM_MAX_RETRIES, LLM_RETRY_INITIAL_DELAY and the",
            "other LLM_ variables apply either way.",
            "",
            "Exit codes: 0 answered, 1 the call failed, 2 wrong settings or arguments, 130 interrupted."
        })
final class Arguments {

    static final String DEFAULT_PROMPT = "Why do retries need jitter? Answer in one sentence.";

    // Not final: filled in by picocli.
    @Parameters(arity = "0..*", paramLabel = "PROMPT", description = "The question. Default: " + DEFAULT_PROMPT)
    private List<String> prompt = List.of(DEFAULT_PROMPT);

    @Option(names = "--stream", description = "Show the answer as it comes.")
    boolean stream;

    @Option(names = "--config", paramLabel = "FILE", description = "Read the settings from this YAML file.")
    @Nullable
    Path config;

    @Option(names = "--json", description = "Print one JSON object a line and nothing else.")
    boolean json;

    @Option(
            names = "--record",
            paramLabel = "URL",
            description = "Record the call to this database: an R2DBC URL, or the path of an H2 file.")
    @Nullable
    String record;

    @Option(
            names = "--dashboard",
            description = "Keep asking every few seconds, and show what is recorded on a page of this machine."
                    + " Ends with Ctrl-C. Without --record it is recorded to aicore-observability.mv.db.")
    boolean dashboard;

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
        } catch (UnmatchedArgumentException e) {
            List<String> near = e.getSuggestions();
            String hint = near.isEmpty() ? "" : "did you mean " + near.get(0) + "? ";
            throw new IllegalArgumentException(
                    "unknown option '" + e.getUnmatched().get(0) + "' (" + hint + "try --help)", e);
        } catch (ParameterException e) {
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong arguments");
            String lower = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
            throw new IllegalArgumentException(lower + " (try --help)", e);
        }
        if (arguments.prompt().isBlank()) {
            throw new IllegalArgumentException("PROMPT: '' (expected: a question)");
        }
        return arguments;
    }

    static String usage() {
        return commandLine(new Arguments()).getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    private static CommandLine commandLine(Arguments arguments) {
        // A question may begin with '@'.
        return new CommandLine(arguments).setExpandAtFiles(false).setUsageHelpWidth(110);
    }

    String prompt() {
        return String.join(" ", prompt);
    }
}
