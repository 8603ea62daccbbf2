package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.DATA;
import static io.aicore.llm.http.Situations.PATIENCE;
import static io.aicore.llm.http.Situations.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Script;
import io.aicore.testserver.Scripts;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrokenConnectionTest {

    private final FaultServer server = FaultServer.start();
    private final HttpTransport transport = Situations.transport(server.url("/v1?api-version=secret"));

    @AfterEach
    void close() {
        transport.dispose();
        server.close();
    }

    private LlmException failure(Script script) {
        server.then(script);
        return failure(transport);
    }

    private static LlmException failure(HttpTransport transport) {
        LlmException failure = catchThrowableOfType(
                LlmException.class,
                () -> transport.send(chat(), Timeouts.defaults()).block(PATIENCE));
        assertThat(failure.getMessage()).startsWith("acme: ").doesNotContain("secret", "hello");
        return failure;
    }

    private static void is(LlmException failure, ErrorCategory category, Phase phase) {
        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.details().phase()).isEqualTo(phase);
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void nobodyListeningIsARefusedConnection() {
        URI nobody = FaultServer.nobody();
        HttpTransport toNobody = Situations.transport(nobody);
        LlmException failure = failure(toNobody);
        is(failure, ErrorCategory.CONNECTION, Phase.CONNECT);
        assertThat(failure).hasMessageContaining("the connection to " + nobody.getAuthority() + " was refused");
        toNobody.dispose();
    }

    @Test
    void aResetInsteadOfAnAnswerIsABrokenConnection() {
        is(failure(Scripts.reset()), ErrorCategory.CONNECTION, Phase.FIRST_BYTE);
    }

    @Test
    void anEndInsteadOfAnAnswerIsABrokenConnection() {
        is(failure(Scripts.close()), ErrorCategory.CONNECTION, Phase.FIRST_BYTE);
    }

    @Test
    void aCutBodyIsAMalformedAnswer() {
        LlmException failure = failure(Scripts.truncated(200, "{\"text\":"));
        is(failure, ErrorCategory.MALFORMED_RESPONSE, Phase.BODY);
        assertThat(failure).hasMessageContaining("the connection closed before the body was complete");
    }

    @Test
    void aResetWithinTheBodyFailsInTheBody() {
        LlmException failure = failure(Scripts.resetInBody(200, "{\"text\":"));
        assertThat(failure.retryable()).isTrue();
        // A reset may overtake what was sent before it.
        assertThat(failure.details().phase()).isIn(Phase.BODY, Phase.FIRST_BYTE);
    }

    @Test
    void whatIsNoHttpIsMalformed() {
        LlmException failure = failure(Scripts.garbage());
        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("the response is not HTTP");
    }

    @Test
    void aHeadOverTheLimitIsRefused() {
        LlmException failure = failure(exchange -> {
            exchange.head(200, "x: " + "y".repeat(70_000));
            exchange.awaitClientClose();
        });
        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("the head of the response is larger than 65536 bytes");
    }

    @Test
    void nothingIsSentTwiceOfItsOwnAccord() {
        failure(Scripts.reset());
        failure(Scripts.close());
        failure(Scripts.truncated(200, "{"));
        assertThat(server.calls()).isEqualTo(3);
    }

    @Test
    void aStreamsRequestFailsTheSameWay() {
        server.then(Scripts.reset());
        LlmException failure = catchThrowableOfType(
                LlmException.class,
                () -> transport.stream(chat(), Timeouts.defaults(), DATA).blockLast(PATIENCE));
        is(failure, ErrorCategory.CONNECTION, Phase.FIRST_BYTE);
    }
}
