package io.aicore.benchmarks;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.ProviderControls;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.LlmException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;

/**
 * 10,000 calls at once from a client with a fraction of a core, to a server that is well and has another core. Fails unless
 * every call is answered at its first attempt and the circuit stays closed. Needs Linux's {@code taskset} and two cores.
 */
public final class StarvedClient {

    private static final CompletionRequest REQUEST = CompletionRequest.of("Say something.");
    private static final String MODEL = "gpt-4o-mini";
    private static final String CALLING = "call";
    private static final String SPINNING = "spin";
    // The scheduler gives each of them as much of the core as the client.
    private static final int SPINNERS = Integer.getInteger("spinners", 3);
    private static final int CALLS = Integer.getInteger("calls", 10_000);

    private StarvedClient() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        switch (args.length == 0 ? "" : args[0]) {
            case SPINNING -> spin();
            case CALLING -> System.exit(call(args[1]) ? 0 : 1);
            default -> System.exit(serve());
        }
    }

    private static int serve() throws IOException, InterruptedException {
        String self = String.valueOf(ProcessHandle.current().pid());
        new ProcessBuilder("taskset", "-apc", "1", self).start().waitFor();
        DisposableServer server = WellServer.start();
        List<Process> spinners = new ArrayList<>();
        try {
            for (int i = 0; i < SPINNERS; i++) {
                spinners.add(onCoreZero(SPINNING));
            }
            return onCoreZero(CALLING, "http://127.0.0.1:" + server.port() + "/v1")
                    .waitFor();
        } finally {
            spinners.forEach(Process::destroy);
            server.disposeNow();
        }
    }

    private static Process onCoreZero(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-Dcalls=" + CALLS, "-classpath", System.getProperty("java.class.path")));
        command.add(StarvedClient.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start();
    }

    @SuppressWarnings("InfiniteLoopStatement") // Ended by the process that started it.
    private static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static boolean call(String address) {
        LlmProvider provider = Llm.from(LlmConfig.builder()
                .provider("openai")
                .apiKey("none")
                .model(MODEL)
                .baseUrl(address)
                .build());
        long start = System.nanoTime();
        Map<String, Long> outcomes = new TreeMap<>(Flux.range(0, CALLS)
                .flatMap(i -> outcome(provider), CALLS)
                .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()))
                .blockOptional(Duration.ofMinutes(10))
                .orElseThrow());
        double wall = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%,d calls: %s, circuit %s, %.1f s, %.2f of a core%n",
                CALLS, outcomes, circuit(provider), wall, cpuSeconds() / wall);
        return outcomes.keySet().equals(Set.of(answeredAfter(1)));
    }

    private static Mono<String> outcome(LlmProvider provider) {
        return provider.complete(REQUEST)
                .map(Completion::provenance)
                .map(provenance -> answeredAfter(provenance.attempts()))
                .onErrorResume(LlmException.class, e -> Mono.just(e.category() + " " + e.code()));
    }

    private static String answeredAfter(int attempts) {
        return "ok at attempt " + attempts;
    }

    private static String circuit(LlmProvider provider) {
        return String.valueOf(
                ((ProviderControls) provider).circuit(MODEL).metrics().state());
    }

    private static double cpuSeconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
