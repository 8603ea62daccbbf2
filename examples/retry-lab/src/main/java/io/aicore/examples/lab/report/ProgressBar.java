package io.aicore.examples.lab.report;

import java.io.PrintStream;
import java.util.Locale;

/** A line on a terminal that shows how many runs are done. Without a terminal it prints nothing. */
public final class ProgressBar {

    private static final int WIDTH = 30;
    private static final int LINE = 100;
    private static final double NANOS = 1e9;

    private final PrintStream terminal;
    private final boolean shown;
    private final int total;
    private final long begin = System.nanoTime();
    private int done;

    public ProgressBar(PrintStream terminal, boolean shown, int total) {
        this.terminal = terminal;
        this.shown = shown;
        this.total = total;
        draw("");
    }

    /** Another run is done. */
    public synchronized void done(String scenario, String policy) {
        done++;
        draw(scenario + ", " + policy);
    }

    /** Clears the line. */
    public synchronized void end() {
        if (shown) {
            terminal.print("\r" + " ".repeat(LINE) + "\r");
            terminal.flush();
        }
    }

    private void draw(String last) {
        if (!shown) {
            return;
        }
        int filled = total == 0 ? WIDTH : WIDTH * done / total;
        double seconds = (System.nanoTime() - begin) / NANOS;
        String left = done == 0 ? "" : String.format(Locale.ROOT, ", %.0f s left", seconds / done * (total - done));
        String line = String.format(
                Locale.ROOT,
                "[%s%s] %d/%d%s  %s",
                "#".repeat(filled),
                "-".repeat(WIDTH - filled),
                done,
                total,
                left,
                last);
        String cut = line.length() > LINE ? line.substring(0, LINE) : line;
        terminal.print("\r" + cut + " ".repeat(LINE - cut.length()));
        terminal.flush();
    }
}
