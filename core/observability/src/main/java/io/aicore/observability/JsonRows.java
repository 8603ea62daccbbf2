package io.aicore.observability;

import io.aicore.llm.codec.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows as JSON objects, one a line. */
final class JsonRows implements RowWriter {

    private static final int BUFFER = 64 * 1024;

    private final OutputStream out;

    JsonRows(Path file) throws IOException {
        this.out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), BUFFER);
    }

    @Override
    public void write(LlmOperation call) throws IOException {
        Map<String, @Nullable Object> row = ExportColumn.json(ExportColumn.OF_CALL, call);
        row.put(
                ExportColumn.ATTEMPTS,
                call.attempts().stream()
                        .map(attempt -> ExportColumn.json(ExportColumn.OF_ATTEMPT, attempt))
                        .toList());
        out.write(Json.write(row));
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
