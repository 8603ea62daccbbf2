package com.example;

import com.sun.net.httpserver.HttpServer;
import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.observability.LlmOperationCollector;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program of somebody else: one recorded call to a server that speaks OpenAI's protocol, with the versions it gets. */
public final class Consumer {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final byte[] ANSWER =
            """
            {"id": "1", "model": "m", "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "hello"}}]}"""
                    .getBytes(StandardCharsets.UTF_8);

    /** Ends the JVM in either case: the server's thread would keep a failed program running. */
    public static void main(String... args) {
        try {
            run(args);
            System.exit(0);
        } catch (Throwable failure) {
            failure.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(String... args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
            exchange.close();
        });
        server.start();
        Path folder = Files.createTempDirectory("consumer");
        LlmOperationCollector collector =
                LlmOperationCollector.at(folder.resolve("calls").toString());
        LlmProvider llm = Llm.from(LlmConfig.builder()
                .provider("openai-compatible")
                .model("m")
                .baseUrl(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"))
                .observer(collector)
                .build());
        String answer = llm.complete("hello?").map(Completion::text).block(PATIENCE);
        collector.flush().block(PATIENCE);
        long recorded = collector.written();
        llm.dispose();
        server.stop(0);
        System.out.println(args[0] + ": " + answer + ", " + recorded + " record, Netty " + versions("netty-.*")
                + ", Reactor " + versions("reactor-core") + ", Reactor Netty " + versions("reactor-netty-.*")
                + ", Jackson " + versions("jackson-(core|databind|dataformat-yaml)") + ", its annotations "
                + versions("jackson-annotations"));
        check("the answer", "hello".equals(answer));
        check("the record", recorded == 1);
        check("one Netty, of this program: " + args[1], versions("netty-.*").equals(Set.of(args[1])));
        check("the Reactor of our time", versions("reactor-core").stream().allMatch(found -> found.startsWith("3.8.")));
        check("one Jackson", versions("jackson-(core|databind|dataformat-yaml)").size() == 1);
    }

    private static void check(String what, boolean holds) {
        if (!holds) {
            throw new IllegalStateException("not as expected: " + what);
        }
    }

    /** The versions of these artifacts on the class path. */
    private static Set<String> versions(String artifact) {
        Pattern jar = Pattern.compile(artifact + "-(\\d[^-]*?)(-[a-z_0-9-]+)?\\.jar");
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> jar.matcher(new File(entry).getName()))
                .filter(Matcher::matches)
                .map(found -> found.group(found.groupCount() - 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
