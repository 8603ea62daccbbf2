package com.example.modular;

import com.example.modular.answers.City;
import com.sun.net.httpserver.HttpServer;
import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.TypedCompletion;
import io.aicore.observability.LlmOperationCollector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** One recorded call on the module path: the provider is found as a service, fails once, and answers with a record. */
public final class Program {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ANSWER =
            """
            {"id": "1", "model": "m", "choices": [{"finish_reason": "stop",
             "message": {"role": "assistant", "content": "{\\"name\\": \\"Ulm\\", \\"inhabitants\\": 129000}"}}]}""";

    private Program() {}

    /** Ends the JVM in either case: the server's thread would keep a failed program running. */
    public static void main(String... args) {
        try {
            run();
            System.exit(0);
        } catch (Throwable failure) {
            failure.printStackTrace();
            System.exit(1);
        }
    }

    private static void run() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean first = calls.incrementAndGet() == 1;
            byte[] body = (first ? "{\"error\":{\"message\":\"overloaded\"}}" : ANSWER).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(first ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Path folder = Files.createTempDirectory("modular");
        LlmOperationCollector collector =
                LlmOperationCollector.at(folder.resolve("calls").toString());
        LlmProvider llm = Llm.from(LlmConfig.builder()
                .provider("openai-compatible")
                .model("m")
                .baseUrl(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"))
                .retrySettings(retry -> retry.initialDelay(Duration.ofMillis(10)))
                .observer(collector)
                .build());
        City city =
                llm.complete("Which city?", City.class).map(TypedCompletion::value).block(PATIENCE);
        collector.flush().block(PATIENCE);
        long recorded = collector.written();
        llm.dispose();
        server.stop(0);
        System.out.println("modular: " + city + " after " + calls + " attempts, " + recorded + " record, "
                + Llm.class.getModule() + ", " + llm.getClass().getModule());
        check("a named module: " + Llm.class.getModule(), "io.aicore.llm".equals(Llm.class.getModule().getName()));
        check("the providers of the module path", Llm.providers().contains("openai"));
        check("the answer", new City("Ulm", 129_000).equals(city));
        check("one retry", calls.get() == 2);
        check("the record", recorded == 1);
    }

    private static void check(String what, boolean holds) {
        if (!holds) {
            throw new IllegalStateException("not as expected: " + what);
        }
    }
}
