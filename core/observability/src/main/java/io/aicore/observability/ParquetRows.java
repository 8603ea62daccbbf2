package io.aicore.observability;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.TimeUnit;
import com.jerolba.carpet.io.FileSystemOutputFile;
import com.jerolba.carpet.model.FieldType;
import com.jerolba.carpet.model.FieldTypes;
import com.jerolba.carpet.model.WriteRecordModelType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Rows of a Parquet file. A class of its own, because its library is optional. */
final class ParquetRows implements RowWriter {

    // Those of the table's column.
    private static final int COST_PRECISION = 24;
    private static final int COST_SCALE = 12;
    // Rows are held in memory until a group is full: a tenth of the library's default.
    private static final long ROW_GROUP_BYTES = 12L * 1024 * 1024;

    private final CarpetWriter<LlmOperation> parquet;

    ParquetRows(Path file) throws IOException {
        WriteRecordModelType<LlmOperation> rows = model(LlmOperation.class, ExportColumn.OF_CALL)
                .withField(
                        ExportColumn.ATTEMPTS,
                        FieldTypes.LIST.notNull().ofType(model(LlmAttempt.class, ExportColumn.OF_ATTEMPT)),
                        LlmOperation::attempts);
        this.parquet = new CarpetWriter.Builder<>(new FileSystemOutputFile(file.toFile()), LlmOperation.class)
                .withWriteRecordModel(rows)
                .withDefaultTimeUnit(TimeUnit.MICROS)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build();
    }

    @Override
    public void write(LlmOperation call) throws IOException {
        parquet.write(call);
    }

    @Override
    public void close() throws IOException {
        parquet.close();
    }

    private static <T> WriteRecordModelType<T> model(Class<T> type, List<ExportColumn<T>> columns) {
        WriteRecordModelType<T> model = FieldTypes.writeRecordModel(type);
        for (ExportColumn<T> column : columns) {
            model.withField(column.name(), type(column.kind()), value(column));
        }
        return model;
    }

    private static FieldType type(ExportColumn.Kind kind) {
        return switch (kind) {
            case TEXT -> FieldTypes.STRING;
            case WHOLE -> FieldTypes.LONG;
            case MILLIS -> FieldTypes.DOUBLE;
            case DECIMAL -> FieldTypes.BIG_DECIMAL.withPrecisionScale(COST_PRECISION, COST_SCALE);
            case TIME -> FieldTypes.INSTANT;
        };
    }

    @SuppressWarnings("NullAway") // The library's own signature knows no null; its fields take it.
    private static <T> Function<T, Object> value(ExportColumn<T> column) {
        return column.kind() == ExportColumn.Kind.MILLIS
                ? record -> column.value().apply(record) instanceof BigDecimal millis ? millis.doubleValue() : null
                : column.value();
    }
}
