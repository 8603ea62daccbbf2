package io.aicore.observability;

import static io.aicore.observability.StoreSuite.PATIENCE;

import java.io.IOException;

/** A process that has the database file it is given, until its input ends. */
final class HeldFile {

    private HeldFile() {}

    public static void main(String[] arguments) throws IOException {
        try (LlmOperationCollector collector = LlmOperationCollector.at(arguments[0])) {
            collector.check().block(PATIENCE);
            System.out.println("held");
            System.in.read();
        }
    }
}
