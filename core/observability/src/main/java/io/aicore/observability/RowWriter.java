package io.aicore.observability;

import java.io.Closeable;
import java.io.IOException;

/** Calls as rows of a file, which is whole once the writer is closed. Blocks; for one thread at a time. */
interface RowWriter extends Closeable {

    void write(LlmOperation call) throws IOException;
}
