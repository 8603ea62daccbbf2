package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {

    private final TransportErrors faults = new TransportErrors(
            "acme", "api.example", HttpSettings.defaults().proxy(ProxySettings.of("proxy.example", 3128)));

    static Stream<Arguments> beforeTheAnswer() {
        return Stream.of(
                Arguments.of(
                        new UnknownHostException("x"), ErrorCategory.CONNECTION, true, "api.example was not found"),
                Arguments.of(new ConnectTimeoutException("x"), ErrorCategory.TIMEOUT, true, "no connection"),
                Arguments.of(new SslHandshakeTimeoutException("x"), ErrorCategory.TIMEOUT, true, "no connection"),
                Arguments.of(new NoRouteToHostException("x"), ErrorCategory.CONNECTION, true, "broke"),
                Arguments.of(new SSLException("closed"), ErrorCategory.CONNECTION, true, "TLS with api.example failed"),
                Arguments.of(new DecoderException(new SSLException("x")), ErrorCategory.CONNECTION, true, "TLS with"),
                Arguments.of(distrusted(), ErrorCategory.CONNECTION, false, "is not trusted"),
                Arguments.of(
                        // Netty's own words; those of the next row have the digits in a port.
                        new ProxyConnectException("http, none, proxy.example/127.0.0.1:3128 => api.example:443,"
                                + " status: 407 Proxy Authentication Required"),
                        ErrorCategory.CONNECTION,
                        false,
                        "the proxy proxy.example:3128 rejected the user and password"),
                Arguments.of(
                        new ProxyConnectException(
                                "http, none, proxy.example/127.0.0.1:40712 => api.example:443, status: 502 Bad Gateway"),
                        ErrorCategory.CONNECTION,
                        true,
                        "did not connect to"));
    }

    private static SSLException distrusted() {
        SSLHandshakeException error = new SSLHandshakeException("PKIX path building failed");
        error.initCause(new CertificateException("no trusted certificate"));
        return error;
    }

    @ParameterizedTest
    @MethodSource("beforeTheAnswer")
    void failuresToConnectSayWhatHelps(Exception error, ErrorCategory category, boolean retryable, String why) {
        assertThat(faults.beforeAnswer(error, Phase.CONNECT)).isInstanceOfSatisfying(LlmException.class, failure -> {
            assertThat(failure.category()).isEqualTo(category);
            assertThat(failure.retryable()).isEqualTo(retryable);
            assertThat(failure.details().phase()).isEqualTo(Phase.CONNECT);
            assertThat(failure).hasMessageContaining(why).hasCause(error);
        });
    }

    @Test
    void whatIsNoFaultOfTheTransportStaysAsItIs() {
        IllegalStateException bug = new IllegalStateException("a bug");
        OutOfMemoryError grave = new OutOfMemoryError("direct memory");
        LlmException ours = faults.closed();
        assertThat(faults.beforeAnswer(bug, Phase.CONNECT)).isSameAs(bug);
        assertThat(faults.beforeAnswer(grave, Phase.FIRST_BYTE)).isSameAs(grave);
        assertThat(faults.inBody(ours)).isSameAs(ours);
        assertThat(faults.inStream(grave)).isSameAs(grave);
    }

    @Test
    void aBreakWithinTheAnswerIsABrokenConnection() {
        assertThat(faults.inStream(new IOException("Connection reset by peer")))
                .isInstanceOfSatisfying(LlmException.class, failure -> {
                    assertThat(failure.category()).isEqualTo(ErrorCategory.CONNECTION);
                    assertThat(failure.details().phase()).isEqualTo(Phase.BODY);
                    assertThat(failure.retryable()).isTrue();
                });
    }
}
