package io.aicore.examples.script;

import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.RetryStatistics;
import java.io.PrintStream;

/** Prints how often each provider was retried, from the database of a program that recorded its calls. */
public final class Retries {

    private Retries() {}

    public static void main(String... args) {
        print(args.length > 0 ? args[0] : "aicore-observability", System.out);
    }

    static void print(String database, PrintStream out) {
        // README: statistics
        try (LlmOperationCollector collector = LlmOperationCollector.at(database)) {
            for (RetryStatistics group : collector.retryStatistics().toIterable()) {
                out.println(group.provider() + ": mean " + group.meanRetries() + ", maximum " + group.maxRetries());
            }
        }
        // README end
    }
}
