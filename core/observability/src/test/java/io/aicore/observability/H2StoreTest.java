package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest {

    @TempDir
    Path directory;

    private final AtomicInteger made = new AtomicInteger();

    private String newDatabase() {
        return "r2dbc:h2:file:///" + directory.resolve("db-" + made.incrementAndGet());
    }

    @Test
    void aNewFileIsItsOwnersAlone() throws IOException {
        Path file = directory.resolve("below/own");
        try (LlmOperationCollector collector = LlmOperationCollector.at(file.toString())) {
            collector.check().block(Duration.ofMinutes(3));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("below/own.mv.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void soIsThatOfAUrl() throws IOException {
        Path file = directory.resolve("by-url");
        try (LlmOperationCollector collector = LlmOperationCollector.at("r2dbc:h2:file:///" + file)) {
            collector.check().block(Duration.ofMinutes(3));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("by-url.mv.db"))))
                .isEqualTo("rw-------");
    }

    @Nested
    class Writing extends WritingSuite {
        @Override
        String emptyDatabase() {
            return H2StoreTest.this.newDatabase();
        }
    }

    @Nested
    class Reading extends ReadingSuite {
        @Override
        String emptyDatabase() {
            return H2StoreTest.this.newDatabase();
        }
    }

    @Nested
    class OddData extends OddDataSuite {
        @Override
        String emptyDatabase() {
            return H2StoreTest.this.newDatabase();
        }
    }

    @Nested
    class Statistics extends StatisticsSuite {
        @Override
        String emptyDatabase() {
            return H2StoreTest.this.newDatabase();
        }
    }

    @Nested
    class Retention extends RetentionSuite {
        @Override
        String emptyDatabase() {
            return H2StoreTest.this.newDatabase();
        }
    }

    @Nested
    class Schema extends SchemaSuite {
        @Override
        String emptyDatabase() {
            return H2StoreTest.this.newDatabase();
        }
    }
}
