package io.aicore.examples.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.error.AuthenticationException;
import io.aicore.llm.error.ServerErrorException;
import io.aicore.retry.GiveUpReason;
import java.io.IOException;
import java.net.InetAddress;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HouseProviderTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final MockWebServer house = new MockWebServer();

    @BeforeEach
    void open() throws IOException {
        house.start(LOOPBACK, 0);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private String ask() {
        return AskTheHouse.ask("http://" + LOOPBACK.getHostAddress() + ":" + house.getPort() + "/generate", "Who?");
    }

    private void answers(int status, String text) {
        house.enqueue(new MockResponse.Builder().code(status).body(text).build());
    }

    @Test
    void theMainRuns() throws IOException {
        AskTheHouse.main();
    }

    @Test
    void sendsThePromptAsItIs() throws InterruptedException {
        answers(200, "Everybody.");

        assertThat(ask()).isEqualTo("Everybody.");
        assertThat(house.takeRequest().getBody().utf8()).isEqualTo("Who?");
    }

    @Test
    void isFoundByNameAndRetriesByItsOwnSettings() {
        // One retry is what the configuration allows; the provider says five.
        answers(429, "no");
        answers(504, "no");
        answers(200, "Everybody.");

        assertThat(ask()).isEqualTo("Everybody.");
        assertThat(house.getRequestCount()).isEqualTo(3);
    }

    @Test
    void givesUpOnARefusedKey() {
        answers(401, "no");

        assertThatThrownBy(this::ask).isInstanceOf(AuthenticationException.class);
        assertThat(house.getRequestCount()).isEqualTo(1);
    }

    @Test
    void leavesAServerErrorAloneThoughItIsRetryable() {
        answers(500, "no");

        assertThatThrownBy(this::ask)
                .asInstanceOf(InstanceOfAssertFactories.type(ServerErrorException.class))
                .extracting(ServerErrorException::reason)
                .isEqualTo(GiveUpReason.NOT_RETRYABLE);
        assertThat(house.getRequestCount()).isEqualTo(1);
    }
}
