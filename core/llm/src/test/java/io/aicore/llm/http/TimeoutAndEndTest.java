package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.DATA;
import static io.aicore.llm.http.Situations.PATIENCE;
import static io.aicore.llm.http.Situations.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.SharedTime;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Script;
import io.aicore.testserver.Scripts;
import io.netty.util.internal.ThreadExecutorMap;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/**
 * A timer that runs out ends the connection, and is what the caller hears of: not the end it has caused. The timers run
 * out on the connection's own thread here, where that end is seen at once.
 */
class TimeoutAndEndTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Timeouts TIMEOUTS =
            Timeouts.defaults().firstToken(LIMIT).idle(LIMIT);

    private final SharedTime time = new SharedTime();
    private final FaultServer server = FaultServer.start();
    private final HttpTransport transport = HttpTransport.create("acme", server.url(), HttpSettings.defaults(), time);

    @AfterEach
    void close() {
        transport.dispose();
        server.close();
    }

    /** Lets this much time pass on this event loop, once what is under way has been done. */
    private void passes(Duration span) {
        Objects.requireNonNull(ThreadExecutorMap.currentExecutor()).execute(() -> time.advanceTimeBy(span));
    }

    /** A reader for which an end without timeout is a failure of its own, as an incomplete stream is. */
    private StreamReader<String> impatient(boolean fromTheStart) {
        return new StreamReader<>() {
            @Override
            public List<String> response(WireResponse whole) {
                return DATA.response(whole);
            }

            @Override
            public void head(WireResponse head) {
                if (fromTheStart) {
                    passes(LIMIT);
                }
            }

            @Override
            public EventReader<String> events(WireResponse head) {
                return new EventReader<>() {
                    @Override
                    public List<String> read(WireEvent event) {
                        passes(LIMIT);
                        return List.of(event.data());
                    }

                    @Override
                    public List<String> end() {
                        throw new IllegalStateException("incomplete");
                    }
                };
            }
        };
    }

    private void isATimeout(Script script, boolean fromTheStart, String why) {
        server.then(script);
        StepVerifier.create(transport.stream(chat(), TIMEOUTS, impatient(fromTheStart)))
                .thenConsumeWhile(event -> true)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(LlmTimeoutException.class)
                        .hasMessageContaining(why))
                .verify(PATIENCE);
        server.awaitClientClosed(1);
    }

    @Test
    void aStreamThatFallsSilentIsATimeout() {
        isATimeout(Scripts.eventsThenSilence("one"), false, "the stream was silent for 60 s");
    }

    @Test
    void aStreamThatIsSilentFromTheStartIsATimeout() {
        isATimeout(Scripts.eventsThenSilence(), true, "no response within 60 s");
    }

    @Test
    void aStreamOfUnknownLengthThatFallsSilentIsATimeout() {
        isATimeout(
                exchange -> {
                    exchange.head(200, "content-type: text/event-stream");
                    exchange.write("data: one\n\n");
                    exchange.awaitClientClose();
                },
                false,
                "the stream was silent for 60 s");
    }
}
