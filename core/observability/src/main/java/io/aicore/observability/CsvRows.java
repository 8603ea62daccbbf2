package io.aicore.observability;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.aicore.llm.codec.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of comma-separated values, after a header. */
final class CsvRows implements RowWriter {

    private final CsvWriter csv;

    CsvRows(Path file) throws IOException {
        this.csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                // Tells an empty text from null.
                .quoteStrategy(QuoteStrategies.EMPTY)
                .build(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        List<String> header = new ArrayList<>();
        ExportColumn.OF_CALL.forEach(column -> header.add(column.name()));
        header.add(ExportColumn.ATTEMPTS);
        csv.writeRecord(header);
    }

    @Override
    public void write(LlmOperation call) {
        List<@Nullable String> cells = new ArrayList<>();
        for (ExportColumn<LlmOperation> column : ExportColumn.OF_CALL) {
            cells.add(ExportColumn.text(column.value().apply(call)));
        }
        cells.add(attempts(call));
        csv.writeRecord(cells);
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private static String attempts(LlmOperation call) {
        return call.attempts().stream()
                .map(attempt -> Json.write(ExportColumn.json(ExportColumn.OF_ATTEMPT, attempt)))
                .map(json -> new String(json, StandardCharsets.UTF_8))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
