package io.aicore.observability;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** A program of its own that records calls, tells how it went, and ends without closing its collector. */
final class Recorder {

    private Recorder() {}

    /** Arguments: the database, how many calls, whether to flush before the end and at it, and for how long at most. */
    public static void main(String... args) {
        LlmOperationCollector collector = LlmOperationCollector.builder()
                .url(args[0])
                .flushTimeout(Duration.ofSeconds(5))
                .closeTimeout(Duration.parse(args[4]))
                .flushAtExit(Boolean.parseBoolean(args[3]))
                .build();
        Provider provider = Provider.observed(collector);
        AtomicInteger answered = new AtomicInteger();
        int calls = Integer.parseInt(args[1]);
        String told = "";
        for (int i = 0; i < calls && told.isEmpty(); i++) {
            provider.answers("hi").complete("hello").subscribe(answer -> answered.incrementAndGet());
            if (Boolean.parseBoolean(args[2]) && i % 100 == 99) {
                told = collector
                        .flush()
                        .thenReturn("")
                        .onErrorResume(error -> Mono.just(String.valueOf(error.getMessage())))
                        .block();
            }
        }
        System.out.println(told);
        System.out.println("answered=" + answered);
        System.out.println("written=" + collector.written());
        System.exit(0);
    }
}
