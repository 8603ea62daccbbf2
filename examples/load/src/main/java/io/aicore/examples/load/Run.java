package io.aicore.examples.load;

import io.aicore.llm.LlmProvider;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What it took to make a number of calls, all begun at once.
 *
 * @param failures by kind
 * @param peakThreads the most that were alive at once in this process
 * @param otherThreads the part of them that was there before the first provider: the virtual machine's own
 * @param heapMegabytes in use when the last call had ended, before any collection
 */
record Run(
        int calls,
        Map<String, Integer> failures,
        Duration elapsed,
        int peakThreads,
        int otherThreads,
        long heapMegabytes) {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int OTHER_THREADS = THREADS.getThreadCount();

    /** Makes the calls and disposes of the provider. */
    static Run of(LlmProvider llm, int calls) {
        THREADS.resetPeakThreadCount();
        var timed = failures(llm, calls).elapsed().blockOptional().orElseThrow();
        int peak = THREADS.getPeakThreadCount();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
        llm.dispose();
        return new Run(calls, timed.getT2(), Duration.ofMillis(timed.getT1()), peak, OTHER_THREADS, heap);
    }

    /** Makes the calls; the failures by kind. */
    private static Mono<Map<String, Integer>> failures(LlmProvider llm, int calls) {
        return Flux.range(1, calls)
                .flatMap(
                        number -> llm.complete("Call " + number)
                                .then(Mono.<Throwable>empty())
                                .onErrorResume(Mono::just),
                        calls)
                .collect(
                        TreeMap::new,
                        (kinds, failure) -> kinds.merge(String.valueOf(failure.getMessage()), 1, Integer::sum));
    }

    @Override
    public String toString() {
        return "%,6d calls at once: %.2f s, %d threads (%d of them the machine's own), %d MB of heap, failures %s"
                .formatted(calls, elapsed.toMillis() / 1000.0, peakThreads, otherThreads, heapMegabytes, failures);
    }
}
