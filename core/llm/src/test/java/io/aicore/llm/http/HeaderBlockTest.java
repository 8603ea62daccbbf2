package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.RecordedCall;
import io.aicore.testserver.Scripts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderBlockTest {

    private final HttpHeaders headers = new DefaultHttpHeaders()
            .set("user-agent", "aicore-java")
            .set("authorization", "Bearer sk-secret")
            .set("x-latin", "gr\u00fc\u00df");

    private static String written(HeaderBlock block) {
        HttpHeaders own = new DefaultHttpHeaders().set("accept", "*/*");
        byte[] rest = block.replace(own);
        own.set("content-length", 2);
        ExchangeCodec codec = new ExchangeCodec(1 << 10);
        codec.adds(rest);
        EmbeddedChannel channel = new EmbeddedChannel(codec);
        String first = written(channel, own);
        // The next request of this connection has its own headers only.
        assertThat(written(channel, new DefaultHttpHeaders().set("x-next", "1")))
                .isEqualTo("POST /chat HTTP/1.1\r\nx-next: 1\r\n\r\n{}");
        channel.finishAndReleaseAll();
        return first;
    }

    private static String written(EmbeddedChannel channel, HttpHeaders headers) {
        ByteBuf body = Unpooled.copiedBuffer("{}", StandardCharsets.US_ASCII);
        HttpHeaders trailers = new DefaultHttpHeaders();
        channel.writeOutbound(
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/chat", body, headers, trailers));
        StringBuilder all = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return all.toString();
    }

    @Test
    void bytesAreThoseOfTheObjects() {
        HeaderBlock block = HeaderBlock.of(headers);

        assertThat(block.encoded()).isNotSameAs(block);
        assertThat(written(block.encoded()))
                .isEqualTo(written(block))
                .isEqualTo("POST /chat HTTP/1.1\r\nuser-agent: aicore-java\r\nauthorization: Bearer sk-secret\r\n"
                        + "x-latin: gr\u00fc\u00df\r\ncontent-length: 2\r\n\r\n{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "expect", "Upgrade", "HOST", "Transfer-Encoding", "content-length"})
    void whatTheConnectionActsUponStaysAnObject(String name) {
        HeaderBlock block = HeaderBlock.of(headers.set(name, "1"));
        HttpHeaders own = new DefaultHttpHeaders();

        assertThat(block.encoded()).isSameAs(block);
        assertThat(block.replace(own)).isNull();
        assertThat(own.get(name)).isEqualTo("1");
    }

    @Test
    void everyRequestHasTheSameHeadersAndNoneOfAnother() {
        WireRequest usual = Situations.chat();
        WireRequest other = WireRequest.post("/chat", Map.of("x-other", "1"), usual.body());
        try (FaultServer server = FaultServer.start()) {
            server.always(Scripts.json(200, "{}"));
            HttpTransport transport = Situations.transport(server.url());
            for (WireRequest request : List.of(usual, usual, usual, other, usual, other, other)) {
                transport.send(request, Timeouts.defaults()).block(Situations.PATIENCE);
            }
            transport.dispose();

            List<RecordedCall> calls =
                    IntStream.rangeClosed(1, 7).mapToObj(server::call).toList();
            assertThat(calls.get(0).headers())
                    .containsEntry("authorization", "Bearer sk-secret")
                    .containsEntry("host", server.url().getAuthority())
                    .containsEntry("content-length", String.valueOf(usual.body().length));
            for (int again : List.of(1, 2, 4)) {
                assertThat(calls.get(again).headers()).isEqualTo(calls.get(0).headers());
            }
            assertThat(calls.get(3).headers()).containsEntry("x-other", "1").doesNotContainKey("authorization");
            for (int again : List.of(5, 6)) {
                assertThat(calls.get(again).headers()).isEqualTo(calls.get(3).headers());
            }
        }
    }
}
