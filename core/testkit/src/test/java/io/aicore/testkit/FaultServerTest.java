package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.testserver.FaultServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class FaultServerTest {

    @ParameterizedTest
    @ValueSource(strings = {"\u0016\u0003\u0001\n", "GET / HTTP/1.1\r\nno header\r\n", "GET /\r\n"})
    void saysNothingToAClientThatDoesNotSpeakHttp(String bytes) throws IOException {
        try (FaultServer server = FaultServer.start();
                Socket client = new Socket(server.url().getHost(), server.url().getPort())) {
            client.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            client.shutdownOutput();
            server.awaitClientClosed(1);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }
}
