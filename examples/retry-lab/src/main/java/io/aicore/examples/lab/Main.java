package io.aicore.examples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aicore.examples.lab.policy.Policies;
import io.aicore.examples.lab.policy.Policy;
import io.aicore.examples.lab.report.CsvFiles;
import io.aicore.examples.lab.report.Page;
import io.aicore.examples.lab.report.ProgressBar;
import io.aicore.examples.lab.report.Table;
import io.aicore.examples.lab.run.Experiment;
import io.aicore.examples.lab.run.Outcome;
import io.aicore.examples.lab.scenario.Expectation;
import io.aicore.examples.lab.scenario.Scenario;
import io.aicore.examples.lab.scenario.Scenarios;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs the retry lab. {@code --help} says how. */
public final class Main {

    static final int DONE = 0;
    static final int WRONG_USE = 2;
    static final int NOT_REACHED = 3;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    Main(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** Runs it, and ends the process with its exit code. */
    public static void main(String... args) {
        Main main = new Main(utf8(FileDescriptor.out), utf8(FileDescriptor.err), CommandLine.Help.Ansi.AUTO.enabled());
        System.exit(main.run(args));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, UTF_8);
    }

    /** The exit code. */
    int run(String... args) {
        CommandLine line = Arguments.commandLine(new Arguments.Lab() {
            @Override
            public int run(Arguments.Request request) {
                return Main.this.run(request);
            }

            @Override
            public int print(String text) {
                out.print(text);
                return DONE;
            }
        });
        line.setOut(new PrintWriter(out, true, UTF_8));
        line.setErr(new PrintWriter(err, true, UTF_8));
        line.setParameterExceptionHandler((e, given) -> wrong(e));
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof IllegalArgumentException) {
                return wrong(e);
            }
            throw e;
        });
        if (args.length == 0) {
            line.usage(out);
            return WRONG_USE;
        }
        return line.execute(args);
    }

    private int wrong(Exception e) {
        err.println("retry-lab: " + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " "));
        return WRONG_USE;
    }

    private int run(Arguments.Request request) {
        List<Experiment.Plan> plans = plans(request);
        if (request.check() && plans.stream().noneMatch(Main::isJudged)) {
            throw new IllegalArgumentException(
                    "--check: nothing to check (expected: a scenario with 'expect' of a policy that runs)");
        }
        int runs = plans.stream().mapToInt(plan -> plan.policies().size()).sum() * request.seeds();
        ProgressBar progress = new ProgressBar(err, terminal, runs);
        int threads = Runtime.getRuntime().availableProcessors();
        List<Outcome> outcomes = new Experiment(request.seeds(), threads, progress::done).run(plans);
        progress.end();
        outcomes.forEach(outcome -> out.print(Table.of(outcome)));
        write(request, outcomes);
        boolean reached = outcomes.stream()
                .flatMap(outcome -> outcome.verdicts().stream())
                .allMatch(Outcome.Verdict::reached);
        return reached || !request.check() ? DONE : NOT_REACHED;
    }

    private static boolean isJudged(Experiment.Plan plan) {
        Set<String> names = plan.policies().stream().map(Policy::name).collect(Collectors.toSet());
        return plan.scenario().study().expectations().stream().anyMatch(e -> names.contains(e.policy()));
    }

    private void write(Arguments.Request request, List<Outcome> outcomes) {
        Path directory = request.out();
        if (directory == null) {
            return;
        }
        try {
            Files.createDirectories(directory);
            CsvFiles.write(directory, outcomes);
            Path page = directory.resolve("retry-lab.html");
            Files.writeString(page, Page.of(outcomes));
            out.println(page + ", figures.csv, runs.csv, series.csv");
        } catch (IOException e) {
            throw new IllegalArgumentException("--out: " + directory + ": " + e, e);
        }
    }

    private static List<Experiment.Plan> plans(Arguments.Request request) {
        Map<String, String> files = new LinkedHashMap<>();
        List<Experiment.Plan> plans = new ArrayList<>();
        request.files().stream()
                .flatMap(file -> file.equals("all") ? Scenarios.shipped().stream() : Stream.of(file))
                .distinct()
                .forEach(file -> {
                    Scenario scenario = Scenarios.load(file);
                    String other = files.putIfAbsent(scenario.name(), file);
                    if (other != null) {
                        // Tables, files and charts tell scenarios apart by their names.
                        throw new IllegalArgumentException(
                                file + ": name: '" + scenario.name() + "' (expected: not that of " + other + ")");
                    }
                    plans.add(plan(file, scenario, request.policies()));
                });
        return plans;
    }

    private static Experiment.Plan plan(String file, Scenario scenario, List<String> asked) {
        List<String> own = scenario.study().policies();
        own.forEach(name -> known(file + ": policies", name));
        List<String> names = new ArrayList<>(!asked.isEmpty() ? asked : !own.isEmpty() ? own : Policies.usual());
        for (Expectation expectation : scenario.study().expectations()) {
            known(file + ": expect", expectation.policy());
            if (expectation.reference() != null) {
                known(file + ": expect." + expectation.metric().key(), expectation.reference());
                // Compared with by our own expectation: it runs whether asked for or not.
                if (names.contains(expectation.policy()) && !names.contains(expectation.reference())) {
                    names.add(expectation.reference());
                }
            }
        }
        List<Policy> policies = names.stream()
                .distinct()
                .map(name -> known(file + ": policies", name))
                .toList();
        return new Experiment.Plan(scenario, policies);
    }

    private static Policy known(String where, String name) {
        try {
            return Policies.of(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }
}
