package io.aicore.examples.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows for people: columns under their names, as wide as they need. */
final class Table {

    private static final int WIDEST = 60;

    private Table() {}

    static List<String> lines(List<Map<String, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> names = List.copyOf(rows.get(0).keySet());
        List<List<String>> cells = new ArrayList<>();
        cells.add(names);
        rows.forEach(
                row -> cells.add(names.stream().map(name -> cell(row.get(name))).toList()));
        List<String> lines = new ArrayList<>();
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < names.size(); i++) {
                int column = i;
                int width = cells.stream()
                        .mapToInt(each -> each.get(column).length())
                        .max()
                        .orElse(0);
                line.append(String.format("%-" + (width + 2) + "s", row.get(i)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String cell(@Nullable Object value) {
        String text = value == null ? "-" : oneLine(value.toString());
        if (text.length() <= WIDEST) {
            return text.isEmpty() ? "-" : text;
        }
        return text.substring(0, WIDEST - 1) + "…";
    }

    /** On one line, without what could steer a terminal or turn the direction of its text. */
    static String oneLine(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\p{Cf}]", "?")
                .strip();
    }
}
