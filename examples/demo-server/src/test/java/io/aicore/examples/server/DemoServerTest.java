package io.aicore.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;

class DemoServerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void aCutIsTheServersDoingAndEndsTheRequest() {
        try (DemoServer server = DemoServer.start(question -> switch (question.number()) {
            case 1 -> Reply.hangUp();
            case 2 -> Reply.events(ChatReplies.begun(List.of("Here"))).thenCut();
            default -> question.answer("Here you are.");
        })) {
            assertThatThrownBy(() -> ask(server).block(PATIENCE)).hasStackTraceContaining("prematurely closed");
            assertThatThrownBy(() -> ask(server).block(PATIENCE)).hasStackTraceContaining("prematurely closed");
            assertThat(ask(server).block(PATIENCE)).contains("Here you are.");

            assertThat(server.requests()).isEqualTo(3);
            assertThat(server.mostAtOnce()).isEqualTo(1);
            assertThat(server.abandoned().toFuture()).isNotDone();
        }
    }

    @Test
    void aClientThatLeavesIsNoticed() {
        Sinks.Empty<Void> asked = Sinks.empty();
        try (DemoServer server = DemoServer.start(question -> {
            asked.tryEmitEmpty();
            return question.answer("Too late.").after(Duration.ofHours(1));
        })) {
            ask(server).takeUntilOther(asked.asMono()).then(server.abandoned()).block(PATIENCE);

            assertThat(server.mostAtOnce()).isEqualTo(1);
        }
    }

    private static Mono<String> ask(DemoServer server) {
        return HttpClient.newConnection()
                .disableRetry(true)
                .get()
                .uri(server.baseUrl() + "/chat/completions")
                .responseContent()
                .aggregate()
                .asString();
    }
}
