package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;

class KeepAliveTest {

    @Test
    void theFirstProbeComesWithin45Seconds() {
        assertThat(KeepAlive.IDLE_SECONDS).isBetween(1, 45);
    }

    @Test
    void javasOwnSocketsHaveIt() {
        Channel channel = new NioSocketChannel();
        KeepAlive.on(channel);
        var config = channel.config();
        assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
        assertThat(config.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE)))
                .isEqualTo(30);
        assertThat(config.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL)))
                .isEqualTo(15);
        assertThat(config.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT)))
                .isEqualTo(4);
        channel.unsafe().closeForcibly();
    }

    @Test
    void epollsSocketsHaveIt() {
        assumeTrue(Epoll.isAvailable());
        Channel channel = new EpollSocketChannel();
        KeepAlive.on(channel);
        var config = channel.config();
        assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
        assertThat(config.getOption(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(30);
        assertThat(config.getOption(EpollChannelOption.TCP_KEEPINTVL)).isEqualTo(15);
        assertThat(config.getOption(EpollChannelOption.TCP_KEEPCNT)).isEqualTo(4);
        channel.unsafe().closeForcibly();
    }

    @Test
    void everyConnectionHasIt() {
        try (FaultServer server = FaultServer.start()) {
            server.always(Scripts.json(200, "{}"));
            Clients clients = new Clients(HttpSettings.defaults(), BaseUrl.of(server.url()), loop -> LoopLag.NONE);
            for (HttpClient client : List.of(clients.pooled(), clients.unpooled())) {
                AtomicReference<Channel> channel = new AtomicReference<>();
                client.doOnConnected(connection -> {
                            channel.set(connection.channel());
                            assertThat(connection.channel().config().getOption(ChannelOption.SO_KEEPALIVE))
                                    .isTrue();
                        })
                        .get()
                        .uri(server.url())
                        .response()
                        .block(Situations.PATIENCE);
                assertThat(channel).doesNotHaveValue(null);
            }
            clients.close().block(Situations.PATIENCE);
        }
    }
}
