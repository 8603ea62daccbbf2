package io.aicore.examples.load;

import io.aicore.examples.server.DemoServer;
import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Makes 256 calls at once to a provider that answers after a second, then 10,000 to one that answers nobody before all of
 * them are there, and says what each took. On an idle machine of two cores the 256 end in less than 2.5 s, on fewer than
 * 16 threads. Ends with 1 if a call failed.
 *
 * <p>Calls are not retried and there is no circuit, so that every failure shows and none is due to another. The provider
 * is a process of its own, so that threads and memory are the client's alone. Each call in flight holds a socket, so
 * each process needs somewhat more than 10,000 file descriptors: {@code ulimit -n 20000} before the start.
 *
 * <pre>
 * mvn -q -pl examples/load -am -DskipTests -Prun package      runs it with -Xmx512m
 * </pre>
 *
 * <p>Before the clock starts, a thousand calls load and compile the classes, as in a program that has been up for a while.
 */
public final class Load {

    private static final int WARM_UP = 1_000;
    private static final int FEW = 256;
    private static final int MANY = 10_000;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Load() {}

    public static void main(String... args) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process server = new ProcessBuilder(
                        java.toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowProvider.class.getName(),
                        String.valueOf(MANY))
                .redirectError(Redirect.INHERIT)
                .start();
        boolean good;
        try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
            good = run(said.readLine(), said.readLine());
            server.getOutputStream().close();
            System.out.println("The provider had " + said.readLine() + " of them under way at once");
            server.waitFor();
        } finally {
            server.destroy();
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean run(String slow, String together) {
        Run.of(provider(slow), WARM_UP);
        Run few = Run.of(provider(slow), FEW);
        System.out.println(few);
        Run many = Run.of(provider(together), MANY);
        System.out.println(many);
        return few.failures().isEmpty() && many.failures().isEmpty();
    }

    static LlmProvider provider(String baseUrl) {
        return Llm.from(LlmConfig.builder()
                .provider("openai")
                .baseUrl(baseUrl)
                .apiKey("none")
                .model(DemoServer.MODEL)
                .deadline(PATIENCE)
                .retrySettings(settings -> settings.maxRetries(0))
                .circuitSettings(settings -> settings.enabled(false))
                .build());
    }
}
