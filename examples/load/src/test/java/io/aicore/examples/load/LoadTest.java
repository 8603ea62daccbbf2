package io.aicore.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import org.junit.jupiter.api.Test;

/** That it works, with few calls; how fast it is shows when it is run. */
class LoadTest {

    @Test
    void makesEachCallOnce() {
        try (DemoServer server = SlowProvider.start()) {
            Run run = run(server, 50);

            assertThat(run.failures()).isEmpty();
            assertThat(run.elapsed()).isGreaterThanOrEqualTo(SlowProvider.THINKING);
            assertThat(server.requests()).isEqualTo(50);
        }
    }

    @Test
    void answersNobodyBeforeAllAreThere() {
        try (DemoServer server = SlowProvider.startTogether(50)) {
            assertThat(run(server, 50).failures()).isEmpty();
            assertThat(server.mostAtOnce()).isEqualTo(50);
        }
    }

    @Test
    void showsFailures() {
        try (DemoServer server = DemoServer.start(question -> ChatReplies.error(503, "server_is_overloaded"))) {
            Run run = run(server, 3);

            assertThat(run.failures().values()).containsExactly(3);
            assertThat(run.toString()).contains("3 calls at once", "503");
        }
    }

    private static Run run(DemoServer server, int calls) {
        return Run.of(Load.provider(server.baseUrl()), calls);
    }
}
