package io.aicore.llm.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.internal.PlatformDependent;
import jdk.net.ExtendedSocketOptions;

/**
 * TCP keep-alive, so that a NAT or load balancer does not drop a connection on which a model thinks for minutes without
 * a byte, and a dead peer is detected: the first probe after 30 s, then one every 15 s; the fourth unanswered one
 * closes the connection. Systems without these options keep their own times (usually two hours).
 */
final class KeepAlive {

    static final int IDLE_SECONDS = 30;
    static final int INTERVAL_SECONDS = 15;
    static final int PROBES = 4;

    private static final int IPPROTO_TCP = 6;

    private KeepAlive() {}

    /** Sets the options of a connection before it is opened. Options that the channel does not support are skipped. */
    static void on(Channel channel) {
        ChannelConfig config = channel.config();
        config.setOption(ChannelOption.SO_KEEPALIVE, true);
        if (channel instanceof UnixChannel) {
            boolean mac = PlatformDependent.isOsx();
            set(config, "TCP_KEEPIDLE", mac ? 0x10 : 4, IDLE_SECONDS);
            set(config, "TCP_KEEPINTVL", mac ? 0x101 : 5, INTERVAL_SECONDS);
            set(config, "TCP_KEEPCNT", mac ? 0x102 : 6, PROBES);
        } else {
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), IDLE_SECONDS);
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), INTERVAL_SECONDS);
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
        }
    }

    // By the system's numbers: epoll and kqueue take them alike, without their classes on the class path.
    private static void set(ChannelConfig config, String name, int number, int value) {
        config.setOption(new IntegerUnixChannelOption(name, IPPROTO_TCP, number), value);
    }
}
