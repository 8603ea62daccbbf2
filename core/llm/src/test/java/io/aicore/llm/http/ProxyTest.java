package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.PATIENCE;
import static io.aicore.llm.http.Situations.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProxyTest {

    private final FaultServer proxy = FaultServer.start();
    private final HttpTransport transport = HttpTransport.create(
            "acme",
            URI.create("http://provider.invalid/v1"),
            HttpSettings.defaults()
                    .proxy(ProxySettings.of("127.0.0.1", proxy.url().getPort()).login("someone", "hunter2")));

    @AfterEach
    void close() {
        transport.dispose();
        proxy.close();
    }

    @Test
    void callsGoThroughTheProxyWithItsPassword() {
        proxy.then(exchange -> exchange.head(200)).then(Scripts.json(200, "{}"));
        assertThat(transport.send(chat(), Timeouts.defaults()).block(PATIENCE).text())
                .isEqualTo("{}");
        assertThat(proxy.call(1).method()).isEqualTo("CONNECT");
        assertThat(proxy.call(1).path()).isEqualTo("provider.invalid:80");
        assertThat(proxy.call(1).header("proxy-authorization")).isEqualTo("Basic c29tZW9uZTpodW50ZXIy");
        assertThat(proxy.call(1).header("authorization")).isEmpty();
        assertThat(proxy.call(2).path()).isEqualTo("/v1/chat");
        assertThat(proxy.call(2).header("proxy-authorization")).isEmpty();
    }

    @Test
    void aProxyThatRefusesThePasswordIsNotAskedAgain() {
        proxy.then(exchange -> exchange.answer(407, "text/plain", ""));
        LlmException failure = catchThrowableOfType(
                LlmException.class,
                () -> transport.send(chat(), Timeouts.defaults()).block(PATIENCE));
        assertThat(failure.category()).isEqualTo(ErrorCategory.CONNECTION);
        assertThat(failure.details().phase()).isEqualTo(Phase.CONNECT);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure)
                .hasMessageContaining("rejected the user and password")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aProxyThatFindsNobodyMayFindThemLater() {
        proxy.then(exchange -> exchange.answer(502, "text/plain", ""));
        LlmException failure = catchThrowableOfType(
                LlmException.class,
                () -> transport.send(chat(), Timeouts.defaults()).block(PATIENCE));
        assertThat(failure.category()).isEqualTo(ErrorCategory.CONNECTION);
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void aPortThatLooksLikeAStatusIsNotTakenForOne() {
        TransportErrors faults = new TransportErrors("openai", "api.example.org", HttpSettings.defaults());
        ProxyConnectException nobody =
                new ProxyConnectException("http, basic, /127.0.0.1:40712 => api:443, status: 502 Bad Gateway");
        assertThat(((LlmException) faults.beforeAnswer(nobody, Phase.CONNECT)).retryable())
                .isTrue();
    }
}
