package io.aicore.examples.lab;

import io.aicore.examples.lab.policy.Policies;
import io.aicore.examples.lab.scenario.Scenarios;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "retry-lab",
        header = "Simulates what policies of retrying do to a provider and to its callers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Exit codes: 0 done, 2 wrong arguments or scenario, 3 an expectation was not met (--check)."})
final class Arguments {

    private static final int MOST_SEEDS = 1_000;

    private Arguments() {}

    /** What a run is asked for. */
    record Request(
            List<String> files,
            int seeds,
            List<String> policies,
            @Nullable Path out,
            boolean check) {}

    /** What the commands do. */
    interface Lab {
        int run(Request request);

        int print(String text);
    }

    static CommandLine commandLine(Lab lab) {
        CommandLine line = new CommandLine(new Arguments());
        line.addSubcommand(new RunCommand(lab));
        line.addSubcommand(new ListCommand(lab));
        line.addSubcommand(new ShowCommand(lab));
        line.setUsageHelpWidth(110).setExpandAtFiles(false).setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    @Command(
            name = "run",
            header = "Runs scenarios: a table, and CSV files and a page of charts in DIR.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class RunCommand implements Callable<Integer> {

        private final Lab lab;

        @Spec
        private @Nullable CommandSpec spec;

        @Parameters(
                paramLabel = "FILE",
                arity = "1..*",
                description = "A scenario in YAML, the name of one that comes with the lab, or 'all' of those.")
        private List<String> files = List.of();

        @Option(
                names = "--seeds",
                paramLabel = "N",
                description = "Runs of each policy, the same for all. Default: ${DEFAULT-VALUE}")
        private int seeds = 10;

        @Option(
                names = "--policy",
                paramLabel = "NAME",
                split = ",",
                description =
                        "What runs, instead of the scenario's policies; 'list' shows the names. Any number of times.")
        private List<String> policies = List.of();

        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "Where retry-lab.html, figures.csv, runs.csv and series.csv go. Default: nowhere")
        private @Nullable Path out;

        @Option(names = "--check", description = "End with 3 if an expectation of a scenario is not met.")
        private boolean check;

        RunCommand(Lab lab) {
            this.lab = lab;
        }

        @Override
        public Integer call() {
            if (seeds < 1 || seeds > MOST_SEEDS) {
                throw wrong("--seeds: " + seeds + " (expected: 1 to " + MOST_SEEDS + ")");
            }
            try {
                policies.forEach(Policies::of);
            } catch (IllegalArgumentException e) {
                throw wrong("--policy: " + e.getMessage());
            }
            return lab.run(new Request(files, seeds, policies, out, check));
        }

        private ParameterException wrong(String message) {
            if (spec == null) {
                throw new IllegalStateException("not parsed yet");
            }
            return new ParameterException(spec.commandLine(), message);
        }
    }

    @Command(name = "list", header = "Lists the scenarios and the policies.", mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {

        private final Lab lab;

        ListCommand(Lab lab) {
            this.lab = lab;
        }

        @Override
        public Integer call() {
            StringBuilder text = new StringBuilder("scenarios:\n");
            Scenarios.shipped()
                    .forEach(name -> text.append(String.format(
                            "  %-28s %s%n", name, Scenarios.load(name).title().description())));
            text.append("policies (* only on request):\n");
            Policies.all()
                    .forEach(policy -> text.append(String.format(
                            "%s %-28s %s%n", policy.ablation() ? "*" : " ", policy.name(), policy.description())));
            return lab.print(text.toString());
        }
    }

    @Command(
            name = "show",
            header = "Prints a scenario that comes with the lab, to begin one's own with, or 'format': all keys.",
            mixinStandardHelpOptions = true)
    static final class ShowCommand implements Callable<Integer> {

        private final Lab lab;

        @Parameters(paramLabel = "NAME", description = "The scenario, or format.")
        private String name = "format";

        ShowCommand(Lab lab) {
            this.lab = lab;
        }

        @Override
        public Integer call() {
            return lab.print(Scenarios.text(name));
        }
    }
}
