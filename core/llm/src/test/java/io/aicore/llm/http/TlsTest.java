package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.PATIENCE;
import static io.aicore.llm.http.Situations.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.testserver.FaultServer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class TlsTest {

    private static final String PASSWORD = "for-tests";

    @TempDir
    static Path directory;

    private static DisposableServer server;
    private static Path certificate;
    private HttpTransport transport;

    @BeforeAll
    static void start() throws Exception {
        KeyStore store = selfSigned();
        certificate = Files.writeString(
                directory.resolve("certificate.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(store.getCertificate("server").getEncoded())
                        + "\n-----END CERTIFICATE-----\n",
                StandardCharsets.US_ASCII);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SslContext context = SslContextBuilder.forServer(keys).build();
        server = HttpServer.create()
                .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .secure(spec -> spec.sslContext(context))
                .handle((request, response) -> response.sendString(Mono.just("{}")))
                .bindNow();
    }

    /** A certificate for the name localhost, and for no address. */
    private static KeyStore selfSigned() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(180, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    @AfterAll
    static void stop() {
        server.disposeNow();
    }

    @AfterEach
    void close() {
        if (transport != null) {
            transport.dispose();
        }
    }

    private String answer(String host, TlsSettings tls) {
        URI url = URI.create("https://" + host + ":" + server.port());
        transport = HttpTransport.create("acme", url, HttpSettings.defaults().tls(tls));
        return transport.send(chat(), Timeouts.defaults()).block(PATIENCE).text();
    }

    private void notTrusted(String host, TlsSettings tls) {
        LlmException failure = catchThrowableOfType(LlmException.class, () -> answer(host, tls));
        assertThat(failure.category()).isEqualTo(ErrorCategory.CONNECTION);
        assertThat(failure.details().phase()).isEqualTo(Phase.CONNECT);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("is not trusted or belongs to another host");
    }

    @Test
    void aCertificateThatIsNamedIsTrusted() {
        assertThat(answer("localhost", TlsSettings.trusting(certificate))).isEqualTo("{}");
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefusedForGood() {
        notTrusted("localhost", null);
    }

    @Test
    void aCertificateOfAnotherHostIsRefusedForGood() {
        notTrusted("127.0.0.1", TlsSettings.trusting(certificate));
    }

    @Test
    void testsMayTrustAnybody() {
        assertThat(answer("127.0.0.1", TlsSettings.insecureForTests())).isEqualTo("{}");
    }

    @Test
    void aServerThatAnswersWithoutTlsIsToldInOneSentence() {
        DisposableServer plain = HttpServer.create()
                .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .handle((request, response) -> response.sendString(Mono.just("{}")))
                .bindNow();
        transport = Situations.transport(URI.create("https://127.0.0.1:" + plain.port()));

        LlmException failure = catchThrowableOfType(
                LlmException.class,
                () -> transport.send(chat(), Timeouts.defaults()).block(PATIENCE));

        plain.disposeNow();
        assertThat(failure.retryable()).isFalse();
        assertThat(failure)
                .hasMessageContaining("127.0.0.1:" + plain.port()
                        + " does not speak TLS on this port; for plain HTTP, baseUrl must begin with http://");
        assertThat(failure).rootCause().hasMessage("not a TLS record");
    }

    @Test
    void aServerThatSpeaksNoTlsIsABrokenConnectionThatMayPassLater() {
        FaultServer plain = FaultServer.start();
        transport = Situations.transport(URI.create(plain.url().toString().replace("http:", "https:")));
        var call = transport.send(chat(), Timeouts.defaults()).toFuture();
        while (plain.connections() == 0) {
            Thread.onSpinWait();
        }
        plain.close();
        assertThatThrownBy(() -> call.orTimeout(3, TimeUnit.MINUTES).join())
                .cause()
                .isInstanceOfSatisfying(LlmException.class, failure -> {
                    assertThat(failure.category()).isEqualTo(ErrorCategory.CONNECTION);
                    assertThat(failure.details().phase()).isEqualTo(Phase.CONNECT);
                    assertThat(failure.retryable()).isTrue();
                });
    }

    @Test
    void aFileThatIsNoCertificateIsRefusedWhenTheTransportIsCreated() throws IOException {
        Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "nonsense");
        assertThatThrownBy(() -> answer("localhost", TlsSettings.trusting(nonsense)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tls: cannot be used");
    }
}
