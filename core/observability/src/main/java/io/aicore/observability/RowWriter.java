package io.aicore.observability;

import java.io.Closeable;
import java.io.IOException;

/** Writes calls as rows of a file, which is complete once the writer is closed. Blocks; not thread-safe. */
interface RowWriter extends Closeable {

    void write(LlmOperation call) throws IOException;
}
