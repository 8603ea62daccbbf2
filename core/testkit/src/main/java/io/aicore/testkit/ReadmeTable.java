package io.aicore.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The README's table of providers, below the comment that marks it. */
record ReadmeTable(List<String> columns, List<List<String>> rows) {

    private static final String MARKER = "<!-- table: providers -->";

    /** The table in the project's README. */
    static ReadmeTable read() {
        List<String> lines;
        try {
            lines = Files.readAllLines(root().resolve("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = lines.indexOf(MARKER) + 1; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("|")) {
                rows.add(cells(line));
            } else if (!rows.isEmpty()) {
                break;
            }
        }
        // The second line separates the headings.
        return new ReadmeTable(rows.get(0), List.copyOf(rows.subList(2, rows.size())));
    }

    /** The folder of the README, above the module under test. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !isRoot(here)) {
            here = here.getParent();
        }
        if (here == null) {
            throw new IllegalStateException(
                    "no README.md with " + MARKER + " above " + Path.of("").toAbsolutePath());
        }
        return here;
    }

    private static boolean isRoot(Path folder) {
        Path readme = folder.resolve("README.md");
        try {
            return Files.isRegularFile(readme) && Files.readString(readme).contains(MARKER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The columns that the table must have, of which these are the capabilities. */
    static List<String> columns(List<String> capabilities) {
        List<String> columns = new ArrayList<>(List.of("provider", "`provider`"));
        columns.addAll(capabilities);
        return columns;
    }

    List<String> row(String name) {
        return rows.stream()
                .filter(row -> row.get(0).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("README.md: the table of providers has no row '" + name + "'"));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                .map(String::strip)
                .toList();
    }
}
