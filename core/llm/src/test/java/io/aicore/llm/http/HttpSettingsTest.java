package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {

    private final HttpSettings settings = HttpSettings.defaults();

    @Test
    void allowsTenThousandCallsAtOnceAndThirtyTwoMebibytes() {
        assertThat(settings)
                .isEqualTo(new HttpSettings(
                        new HttpSettings.Pool(10_000, 1_000, Duration.ofSeconds(10)),
                        33_554_432,
                        16_777_216,
                        true,
                        null,
                        null));
    }

    @Test
    void everyWitherChangesItsOwnValueAlone() {
        ProxySettings proxy = ProxySettings.of("proxy.example", 3128);
        TlsSettings tls = TlsSettings.insecureForTests();
        assertThat(settings.maxConnections(1)
                        .maxPending(2)
                        .pendingTimeout(Duration.ofMillis(3))
                        .maxResponseBytes(4)
                        .maxLineBytes(5)
                        .gzip(false)
                        .proxy(proxy)
                        .tls(tls))
                .isEqualTo(
                        new HttpSettings(new HttpSettings.Pool(1, 2, Duration.ofMillis(3)), 4, 5, false, proxy, tls));
    }

    @Test
    void wrongValuesNameThemselves() {
        assertThatThrownBy(() -> settings.maxConnections(0)).hasMessage("maxConnections: 0 (expected: >= 1)");
        assertThatThrownBy(() -> settings.maxPending(-1)).hasMessage("maxPending: -1 (expected: >= 0)");
        assertThatThrownBy(() -> settings.pendingTimeout(Duration.ZERO))
                .hasMessage("pendingTimeout: PT0S (expected: > 0)");
        assertThatThrownBy(() -> settings.maxResponseBytes(0)).hasMessage("maxResponseBytes: 0 (expected: >= 1)");
        assertThatThrownBy(() -> settings.maxLineBytes(0)).hasMessage("maxLineBytes: 0 (expected: >= 1)");
        assertThatThrownBy(() -> ProxySettings.of(" ", 1)).hasMessageContaining("proxy.host");
        assertThatThrownBy(() -> ProxySettings.of("p", 0)).hasMessage("proxy.port: 0 (expected: 1 to 65535)");
        assertThatThrownBy(() -> new ProxySettings("p", 1, null, "x")).hasMessageContaining("proxy.user: null");
        assertThatThrownBy(() -> new TlsSettings(null, Path.of("cert.pem"), null, false))
                .hasMessageContaining("expected: both or neither");
        assertThatThrownBy(() -> new TlsSettings(Path.of("ca.pem"), null, null, true))
                .hasMessageContaining("expected: one of them");
    }

    @Test
    void theProxysPasswordIsNotShown() {
        HttpSettings secret =
                settings.proxy(ProxySettings.of("proxy.example", 3128).login("someone", "hunter2"));
        assertThat(secret.toString()).contains("proxy.example:3128").doesNotContain("hunter2", "someone");
    }
}
