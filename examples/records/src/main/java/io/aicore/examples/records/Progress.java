package io.aicore.examples.records;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** How far an export has come, on one line that is written over. Only where somebody watches. */
final class Progress {

    private static final int WIDTH = 30;

    private final PrintStream err;
    private final boolean shown;
    private final long total;
    private @Nullable String last;

    /**
     * @param total how many rows there will be, counted when the export began
     */
    Progress(PrintStream err, boolean shown, long total) {
        this.err = err;
        this.shown = shown;
        this.total = total;
    }

    void at(long rows) {
        if (!shown) {
            return;
        }
        // Calls that were recorded after the count may make it more.
        double part = total == 0 ? 1 : Math.min(1, (double) rows / total);
        int full = (int) (part * WIDTH);
        String line = "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + (int) (part * 100) + " % " + rows
                + " of " + Math.max(rows, total);
        if (!line.equals(last)) {
            last = line;
            err.print("\r" + line);
            err.flush();
        }
    }

    void end() {
        if (last != null) {
            err.println();
        }
    }
}
