package io.aicore.examples.quickstart;

import io.aicore.examples.server.DemoServer;
import io.aicore.llm.LlmConfig;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.dashboard.ObservabilityDashboard;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;

/**
 * The command line: a question to a provider, what happens on the way, and the answer. {@code --help} says how.
 */
public final class Main {

    static final int ANSWERED = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;
    static final int INTERRUPTED = 130;

    // Held here: the logging of the JDK forgets the level of a logger that nobody holds.
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger TRANSPORT = Logger.getLogger("reactor.netty");
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(1);
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(20);
    // Between the questions of a dashboard.
    private static final Duration PACE = Duration.ofSeconds(3);

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private final CountDownLatch ended = new CountDownLatch(1);

    Main(Map<String, String> environment, PrintStream out, PrintStream err, Terminal terminal) {
        this.environment = environment;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** Runs it, and ends the process with its exit code. */
    public static void main(String... args) {
        quietLogging();
        Map<String, String> environment = System.getenv();
        Main main =
                new Main(environment, utf8(FileDescriptor.out), utf8(FileDescriptor.err), Terminal.detect(environment));
        Runtime.getRuntime().addShutdownHook(new Thread(main::stop, "stop"));
        System.exit(main.run(args));
    }

    /** Warnings alone, on standard error: standard output belongs to the answer. */
    private static void quietLogging() {
        System.setProperty("reactor.logging.fallback", "JDK");
        ROOT.setLevel(Level.WARNING);
        // Warns of every broken connection; those are failures of attempts here, and told as such.
        TRANSPORT.setLevel(Level.SEVERE);
    }

    /** The exit code. */
    int run(String... args) {
        try {
            Arguments arguments = Arguments.parse(args);
            if (arguments.help) {
                out.print(Arguments.usage());
                return ANSWERED;
            }
            LlmConfig config = config(arguments.config);
            return isDemo(arguments, config) ? demo(arguments) : ask(arguments, config, false);
        } catch (IllegalArgumentException wrong) {
            err.println("quickstart: " + String.valueOf(wrong.getMessage()).replaceAll("\\s*\\R\\s*", " "));
            return WRONG_USE;
        } finally {
            out.flush();
            err.flush();
            ended.countDown();
        }
    }

    /** Ends the call that is under way, as when the user presses Ctrl-C, and waits until all is let go. */
    void stop() {
        stop.tryEmitEmpty();
        try {
            ended.await(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private LlmConfig config(@Nullable Path file) {
        return file == null ? LlmConfig.fromEnvironment(environment) : LlmConfig.fromYaml(file, environment);
    }

    private boolean isDemo(Arguments arguments, LlmConfig config) {
        return arguments.config == null
                && environment.getOrDefault("LLM_PROVIDER", "").isBlank()
                && config.apiKey() == null
                && config.baseUrl() == null;
    }

    private int demo(Arguments arguments) {
        try (DemoServer server = Demo.start()) {
            return ask(arguments, Demo.config(server, environment), true);
        }
    }

    private int ask(Arguments arguments, LlmConfig config, boolean demo) {
        String url = arguments.record;
        if (url == null && !arguments.dashboard) {
            return tell(arguments, config, demo);
        }
        LlmOperationCollector collector = url == null ? LlmOperationCollector.create() : LlmOperationCollector.at(url);
        LlmConfig observed = config.toBuilder().observer(collector).build();
        try {
            return arguments.dashboard ? show(arguments, observed, demo, collector) : tell(arguments, observed, demo);
        } finally {
            collector.closeLater().block(LONGEST_WRITE);
            if (collector.dropped() > 0) {
                err.println("quickstart: --record: not recorded, since the database could not be written to");
            }
        }
    }

    private int show(Arguments arguments, LlmConfig config, boolean demo, LlmOperationCollector collector) {
        DisposableServer server =
                ObservabilityDashboard.create(collector).start(0).block();
        if (server == null) {
            throw new IllegalStateException("the dashboard did not start");
        }
        try {
            err.println("dashboard http://127.0.0.1:" + server.port() + "/");
            err.flush();
            return tell(arguments, config, demo);
        } finally {
            server.disposeNow(LONGEST_GOODBYE);
        }
    }

    private int tell(Arguments arguments, LlmConfig config, boolean demo) {
        // One thread, which may block; events come to it in their order.
        Scheduler printing = Schedulers.single(Schedulers.boundedElastic());
        Output output = arguments.json
                ? new JsonOutput(out)
                : new TextOutput(out, err, terminal, new Countdown(out, terminal, printing));
        try (Question question = new Question(arguments, config, output, printing)) {
            String model = config.model();
            if (model == null) {
                throw new IllegalArgumentException("LLM_MODEL: not set (expected: the name of a model)");
            }
            output.asking(config.provider(), model, demo);
            int exitCode = question.ask(stop.asMono());
            while (arguments.dashboard && exitCode != INTERRUPTED && !stopped()) {
                exitCode = question.ask(stop.asMono());
            }
            return exitCode;
        } finally {
            printing.dispose();
        }
    }

    /** Whether the user leaves before the next question is due. */
    private boolean stopped() {
        out.flush();
        return Mono.delay(PACE)
                .map(due -> false)
                .takeUntilOther(stop.asMono())
                .blockOptional()
                .orElse(true);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
