package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One way of a call that goes well and one of a retry, against MockWebServer: an independent server, so that the kit's
 * server and the client cannot share a mistake. What it cannot do, faults above all, is in the {@link ProviderTestKit}.
 */
public abstract class MockWebServerTest {

    private static final Reply REPLY = Reply.of("Grüße ", "an 世界 ", "🌍");
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final long PATIENCE_SECONDS = 180;
    // As many bytes in each chunk of a stream: characters and events are cut.
    private static final int CHUNK = 7;

    private final MockWebServer server = new MockWebServer();
    private LlmProvider provider;

    /** How this provider writes and reads. */
    public abstract ProviderFixture fixture();

    @BeforeEach
    final void open() throws IOException {
        server.start(LOOPBACK, 0);
        provider = fixture()
                .provider(fixture()
                        .config(URI.create("http://" + LOOPBACK.getHostAddress() + ":" + server.getPort()))
                        .retrySettings(retry -> retry.maxRetries(1).initialDelay(Duration.ofMillis(1)))
                        .build());
    }

    @AfterEach
    final void close() {
        provider.dispose();
        server.close();
    }

    @Test
    void anAnswerComes() throws InterruptedException {
        server.enqueue(answer());

        assertReads(Rig.get(provider.complete(request())), 1);
        assertAsks(false);
    }

    @Test
    void aStreamComes() throws InterruptedException {
        if (!fixture().capabilities().contains(Capability.STREAMING)) {
            return;
        }
        server.enqueue(new MockResponse.Builder()
                .setHeader("content-type", fixture().frames().contentType())
                .chunkedBody(buffer(Rig.framed(fixture().frames(), fixture().stream(REPLY))), CHUNK)
                .build());

        assertReads(Rig.fold(provider.stream(request())), 1);
        assertAsks(true);
    }

    @Test
    void aFailureThatPassesIsRetriedWithTheSameRequest() throws InterruptedException {
        server.enqueue(failure());
        server.enqueue(answer());

        assertReads(Rig.get(provider.complete(request())), 2);
        assertThat(assertAsks(false)).isEqualTo(assertAsks(false));
    }

    private MockResponse answer() {
        return new MockResponse.Builder()
                .setHeader("content-type", "application/json")
                .body(fixture().plain(REPLY))
                .build();
    }

    private MockResponse failure() {
        ErrorForm form = fixture().errors().stream()
                .filter(error -> error.retryable() && error.delay() == null)
                .findFirst()
                .orElseThrow();
        MockResponse.Builder response =
                new MockResponse.Builder().code(form.status()).body(form.body());
        response.setHeader("content-type", "application/json");
        form.headers().forEach(response::addHeader);
        return response.build();
    }

    private static Buffer buffer(byte[] bytes) {
        return new Buffer().write(bytes);
    }

    private static CompletionRequest request() {
        return CompletionRequest.of(Claims.PROMPT);
    }

    private static void assertReads(Completion answer, int attempts) {
        assertThat(answer.text()).isEqualTo(REPLY.text());
        assertThat(answer.finishReason()).isEqualTo(REPLY.finish());
        assertThat(Rig.present(answer.provenance()).attempts()).isEqualTo(attempts);
    }

    /** The body of the next request, which goes where and asks what it should. */
    private String assertAsks(boolean stream) throws InterruptedException {
        RecordedRequest sent =
                Objects.requireNonNull(server.takeRequest(PATIENCE_SECONDS, TimeUnit.SECONDS), "no request");
        String body = Objects.requireNonNull(sent.getBody()).utf8();
        assertThat(sent.getMethod()).isEqualTo("POST");
        assertThat(sent.getTarget()).isEqualTo(fixture().path(stream));
        assertThat(fixture().requests().prompt(Json.read(body))).isEqualTo(Claims.PROMPT);
        return body;
    }
}
