package io.aicore.observability;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends StoreSuite {

    @TempDir
    Path directory;

    private final AtomicInteger made = new AtomicInteger();

    @Override
    String emptyDatabase() {
        return "r2dbc:h2:file:///" + directory.resolve("db-" + made.incrementAndGet());
    }
}
