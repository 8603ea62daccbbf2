package io.aicore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.OperationFilter;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** An application that is closed while it asks: its calls end first, and all of them are recorded. */
class ShutdownTest {

    private static final String ANSWER = "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,"
            + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"fine\"}}]}";
    private static final int CALLS = 5;

    @TempDir
    Path directory;

    private final FaultServer provider = FaultServer.start();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void callsThatRunEndAndAreRecorded() {
        CountDownLatch closing = new CountDownLatch(1);
        provider.always(exchange -> {
            closing.await();
            Scripts.json(200, ANSWER).answer(exchange);
        });
        Application started = Application.start(App.class, provider, records());
        List<CompletableFuture<String>> answers = IntStream.range(0, CALLS)
                .mapToObj(i -> Mono.fromCallable(() -> started.get("/ask").getT2())
                        .subscribeOn(Schedulers.boundedElastic())
                        .toFuture())
                .toList();
        provider.call(CALLS);

        Sinks.Empty<Void> begun = started.context().getBean(App.class).closing;
        CompletableFuture<Void> closed = closed(started);
        begun.asMono().block(Application.PATIENCE);
        closing.countDown();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo("fine"));
        closed.join();
        assertThat(recorded())
                .hasSize(CALLS)
                .allSatisfy(call -> assertThat(call.outcome()).isEqualTo(CallOutcome.SUCCESS));
    }

    private static CompletableFuture<Void> closed(Application started) {
        return Mono.<Void>fromRunnable(started::close)
                .subscribeOn(Schedulers.boundedElastic())
                .toFuture();
    }

    private String records() {
        return "--aicore.records.url=" + directory.resolve("calls");
    }

    private List<LlmOperation> recorded() {
        try (LlmOperationCollector collector =
                LlmOperationCollector.at(directory.resolve("calls").toString())) {
            return collector.operations(OperationFilter.ALL).collectList().block(Application.PATIENCE);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App implements ApplicationListener<ContextClosedEvent> {

        final Sinks.Empty<Void> closing = Sinks.empty();

        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            closing.tryEmitEmpty();
        }

        @Bean
        RouterFunction<ServerResponse> ask(LlmProvider llm) {
            return RouterFunctions.route(
                    RequestPredicates.path("/ask"),
                    request -> llm.complete("why")
                            .map(Completion::text)
                            .flatMap(text -> ServerResponse.ok().bodyValue(text)));
        }
    }
}
