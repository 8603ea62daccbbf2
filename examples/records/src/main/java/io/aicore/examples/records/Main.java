package io.aicore.examples.records;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command line: what a database of calls holds. {@code --help} says how. */
public final class Main {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;

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
        System.setProperty("reactor.logging.fallback", "JDK");
        // What is said goes to the two streams; a library that looks for a logger finds none, and need not say so.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        Main main = new Main(utf8(FileDescriptor.out), utf8(FileDescriptor.err), isTerminal(System.console()));
        System.exit(main.run(args));
    }

    /** The exit code. */
    int run(String... args) {
        CommandLine commands = new CommandLine(new Commands(out, err, terminal))
                .setExpandAtFiles(false)
                .setUsageHelpWidth(110)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((error, command, result) -> told(error))
                .setParameterExceptionHandler((error, given) -> wrong(error));
        commands.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        try {
            return commands.execute(args);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int told(Exception error) {
        err.println("records: " + Table.oneLine(String.valueOf(error.getMessage())));
        return error instanceof IllegalArgumentException ? WRONG_USE : FAILED;
    }

    private int wrong(ParameterException error) {
        String message = Table.oneLine(String.valueOf(error.getMessage()));
        String lower = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
        err.println("records: " + lower + " (try --help)");
        return WRONG_USE;
    }

    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            // JDK 22 to 24 give a console to pipes as well, and this method to tell.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
