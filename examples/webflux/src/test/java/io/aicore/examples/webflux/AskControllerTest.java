package io.aicore.examples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.examples.server.Question;
import io.aicore.examples.server.Reply;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

class AskControllerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Disposable.Composite open = Disposables.composite();

    @AfterEach
    void close() {
        open.dispose();
    }

    @Test
    void streamsTokensToTheBrowser() {
        DemoServer provider = provider(question -> question.answer("one two three"));

        List<String> lines = browse(provider).collectList().block(PATIENCE);

        assertThat(String.join("", lines))
                .containsSubsequence("{\"text\":\"one\"}", "{\"text\":\" two\"}", "{\"text\":\" three\"}", "event:end");
        assertThat(provider.requests()).isEqualTo(1);
    }

    @Test
    void closesTheProvidersStreamWhenTheBrowserLeaves() {
        String endless = "token ".repeat(100_000);
        DemoServer provider = provider(question -> question.answer(endless).pace(Duration.ofMillis(10)));

        List<String> seen = browse(provider)
                .filter(line -> line.contains("event:token"))
                .take(2)
                .collectList()
                .block(PATIENCE);
        provider.abandoned().block(PATIENCE);

        assertThat(seen).hasSize(2);
        assertThat(provider.requests()).isEqualTo(1);
    }

    @Test
    void tellsTheBrowserOfAFailure() {
        DemoServer provider = provider(question -> ChatReplies.error(401, "invalid_api_key"));

        assertThat(String.join("", browse(provider).collectList().block(PATIENCE)))
                .contains("event:failure", "authentication");
    }

    @Test
    void servesThePage() {
        int port = serve(provider(question -> question.answer("unused")));

        String page = HttpClient.create()
                .get()
                .uri("http://127.0.0.1:" + port + "/")
                .responseContent()
                .aggregate()
                .asString()
                .block(PATIENCE);

        assertThat(page).contains("new EventSource('/ask?prompt='");
    }

    private Flux<String> browse(DemoServer provider) {
        return HttpClient.create()
                .get()
                .uri("http://127.0.0.1:" + serve(provider) + "/ask?prompt=why")
                .responseContent()
                .asString();
    }

    private int serve(DemoServer provider) {
        ConfigurableApplicationContext application =
                Application.startBefore(provider, "--server.port=0", "--server.address=127.0.0.1");
        open.add(application::close);
        return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private DemoServer provider(Function<Question, Reply> script) {
        DemoServer server = DemoServer.start(script);
        open.add(server::close);
        return server;
    }
}
