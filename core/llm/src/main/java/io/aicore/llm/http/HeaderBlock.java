package io.aicore.llm.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequestEncoder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checked headers, which many requests share. Encoded ones go to the connection as they are: as objects, each request would
 * copy every one of them twice.
 */
final class HeaderBlock {

    /** Netty and Reactor Netty act on these themselves: they must find them among a request's own headers. */
    private static final Set<CharSequence> ACTED_ON = Set.of(
            HttpHeaderNames.CONNECTION,
            HttpHeaderNames.CONTENT_LENGTH,
            HttpHeaderNames.EXPECT,
            HttpHeaderNames.HOST,
            HttpHeaderNames.TRANSFER_ENCODING,
            HttpHeaderNames.UPGRADE);

    private final HttpHeaders headers;
    private final boolean isEncodable;
    private final byte @Nullable [] bytes;

    private HeaderBlock(HttpHeaders headers, boolean isEncodable, byte @Nullable [] bytes) {
        this.headers = headers;
        this.isEncodable = isEncodable;
        this.bytes = bytes;
    }

    /**
     * @param headers not changed any more
     */
    static HeaderBlock of(HttpHeaders headers) {
        return new HeaderBlock(headers, ACTED_ON.stream().noneMatch(headers::contains), null);
    }

    /** Whether {@link #encoded} would make bytes of it: it is none yet, and can be. */
    boolean isEncodable() {
        return isEncodable;
    }

    /** The same headers, as bytes if they can be. */
    HeaderBlock encoded() {
        return isEncodable ? new HeaderBlock(headers, false, new Encoder().bytes(headers)) : this;
    }

    /** Replaces the headers of a request by these; returns what its connection has to add to them, if anything. */
    byte @Nullable [] replace(HttpHeaders out) {
        if (bytes == null) {
            out.set(headers);
        } else {
            out.clear();
        }
        return bytes;
    }

    /** As Netty writes them. */
    private static final class Encoder extends HttpRequestEncoder {

        byte[] bytes(HttpHeaders headers) {
            ByteBuf buffer = Unpooled.buffer();
            encodeHeaders(headers, buffer);
            return ByteBufUtil.getBytes(buffer);
        }
    }
}
