package io.aicore.examples.records;

import io.aicore.llm.codec.json.Json;
import io.aicore.observability.ExportFormat;
import io.aicore.observability.GroupBy;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.OperationFilter;
import io.aicore.observability.dashboard.ObservabilityDashboard;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import reactor.netty.DisposableServer;

/** What can be asked. Each command opens the database, and closes it. */
@Command(
        name = "records",
        synopsisSubcommandLabel = "COMMAND",
        description = "What was recorded of calls to LLM providers.")
final class Commands implements Runnable {

    private static final String DEFAULT_FILE = "aicore-observability";
    // An export may take long; a query of one machine's records does not.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    @Option(
            names = "--db",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "An R2DBC URL, or the path of an H2 file. Default: " + DEFAULT_FILE + ".")
    private String db = DEFAULT_FILE;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON object a line.")
    private boolean json;

    @SuppressWarnings("UnusedVariable") // Its option is what counts: picocli shows the help.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    Commands(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new IllegalArgumentException(
                "COMMAND: none (expected: stats, list, show, export or dashboard; try --help)");
    }

    @Command(name = "stats", description = "Statistics of the calls, in groups.")
    int stats(
            @Option(
                            names = "--by",
                            split = ",",
                            paramLabel = "GROUP",
                            description =
                                    "provider, model, category, workspace, agent or hour; several with commas. Default: all together.")
                    GroupBy @Nullable [] by,
            @Mixin Selection selection) {
        GroupBy[] groups = by == null ? new GroupBy[0] : by;
        return open(collector -> {
            List<Map<String, @Nullable Object>> rows = collector
                    .retryStatistics(selection.filter(), groups)
                    .map(Rows::of)
                    .collectList()
                    .block(PATIENCE);
            return print(rows);
        });
    }

    @Command(name = "list", description = "The calls, newest first.")
    int list(
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            description = "At most so many. Default: 20.",
                            defaultValue = "20")
                    long limit,
            @Mixin Selection selection) {
        OperationFilter filter = selection.filter().limit(limit);
        return open(collector ->
                print(collector.operations(filter).map(Rows::of).collectList().block(PATIENCE)));
    }

    @Command(name = "show", description = "One call and its attempts.")
    int show(@Parameters(paramLabel = "ID", description = "The id of the call.") String id) {
        return open(collector -> {
            LlmOperation call = collector.operation(id).block(PATIENCE);
            if (call == null) {
                throw new IllegalStateException(
                        "ID: " + id
                                + " (expected: the id of a call, as list shows it, or one that logs, traces or the provider name it by)");
            }
            List<Map<String, @Nullable Object>> attempts =
                    call.attempts().stream().map(Rows::of).toList();
            Map<String, @Nullable Object> row = new LinkedHashMap<>(Rows.more(call));
            if (json) {
                row.put("attempts", attempts);
                return print(List.of(row));
            }
            row.forEach((name, value) ->
                    out.printf("%-16s%s%n", name, value == null ? "-" : Table.oneLine(value.toString())));
            out.println();
            return print(attempts);
        });
    }

    @Command(name = "export", description = "Writes the calls with their attempts to a file, for a data frame.")
    int export(
            @Option(names = "--format", required = true, description = "csv, jsonl or parquet.") ExportFormat format,
            @Parameters(paramLabel = "FILE", description = "The file; one that is there is replaced.") Path file,
            @Mixin Selection selection) {
        OperationFilter filter = selection.filter();
        return open(collector -> {
            Long total = collector.count(filter).block(PATIENCE);
            Progress progress = new Progress(err, terminal, total == null ? 0 : total);
            Long rows;
            try {
                rows = collector
                        .exportWithProgress(filter, format, file)
                        .doOnNext(progress::at)
                        .last(0L)
                        .block();
            } finally {
                progress.end();
            }
            if (json) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("rows", rows);
                row.put("file", file.toString());
                return print(List.of(row));
            }
            out.println(rows + (Objects.equals(rows, 1L) ? " call" : " calls") + " written to "
                    + Table.oneLine(file.toString()));
            return Main.DONE;
        });
    }

    @Command(name = "dashboard", description = "Shows the calls on a page of this machine, until Ctrl-C.")
    int dashboard(
            @Option(
                            names = "--port",
                            paramLabel = "N",
                            description = "0 to 65535; 0 for a free one. Default: 8090.",
                            defaultValue = "8090")
                    int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port: " + port + " (expected: 0 to 65535)");
        }
        return open(collector -> {
            DisposableServer server =
                    ObservabilityDashboard.create(collector).start(port).block(PATIENCE);
            if (server == null) {
                throw new IllegalStateException("the dashboard did not start");
            }
            out.println("http://127.0.0.1:" + server.port() + "/");
            out.flush();
            server.onDispose().block();
            return Main.DONE;
        });
    }

    private int open(ToIntFunction<LlmOperationCollector> work) {
        Path file = file(db);
        if (file != null && !Files.exists(file)) {
            throw new IllegalStateException("--db: " + file + ": no such file (expected: an R2DBC URL or an H2 file)");
        }
        LlmOperationCollector collector = LlmOperationCollector.at(db);
        try {
            return work.applyAsInt(collector);
        } finally {
            collector.closeLater().block(PATIENCE);
        }
    }

    /** The file this stands for; null for a server. Opening one that is not there would make it. */
    private static @Nullable Path file(String db) {
        String path = db;
        if (db.startsWith("r2dbc:")) {
            if (!db.startsWith("r2dbc:h2:file:")) {
                return null;
            }
            path = db.substring("r2dbc:h2:file:".length())
                    .replaceFirst("^///?", "")
                    .replaceFirst("[?;].*", "");
        }
        return Path.of(path.endsWith(".mv.db") ? path : path + ".mv.db");
    }

    private int print(@Nullable List<Map<String, @Nullable Object>> rows) {
        List<Map<String, @Nullable Object>> all = rows == null ? new ArrayList<>() : rows;
        if (json) {
            all.forEach(row -> out.println(new String(Json.write(row), StandardCharsets.UTF_8)));
        } else {
            Table.lines(all).forEach(out::println);
        }
        return Main.DONE;
    }
}
