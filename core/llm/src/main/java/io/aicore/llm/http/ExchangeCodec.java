package io.aicore.llm.http;

import io.aicore.limit.Guard;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.util.context.Context;

/**
 * HTTP/1.1 on one connection: one request, then one response. Replaces Netty's codec, with which Reactor Netty takes
 * the first head received as the response: an interim one (102, 103), or one left by an earlier exchange, would shift
 * every later response to the next caller.
 *
 * <p>Interim responses are skipped. Bytes after the end of a response, and bytes received without a request, close the
 * connection, as does a response that ends before its request was sent. Used on the connection's event loop.
 */
final class ExchangeCodec extends CombinedChannelDuplexHandler<ExchangeCodec.Answers, ExchangeCodec.Requests> {

    private static final AttributeKey<ExchangeCodec> KEY = AttributeKey.valueOf(ExchangeCodec.class, "codec");

    private final Unsent unsent = new Unsent();
    private volatile boolean kept;
    private volatile boolean answering;
    private boolean asked;
    private boolean spent;
    private boolean headOnly;
    private byte @Nullable [] block;
    private boolean releasing;
    private @Nullable Received received;

    ExchangeCodec(int maxHeaderBytes) {
        init(new Answers(maxHeaderBytes), new Requests());
    }

    /** Replaces the codec of a new connection. */
    static void install(Channel channel, int maxHeaderBytes) {
        ExchangeCodec codec = new ExchangeCodec(maxHeaderBytes);
        channel.pipeline().replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, codec);
        channel.attr(KEY).set(codec);
    }

    /** The codec of a connection, which may be closed. */
    static ExchangeCodec of(Channel channel) {
        return channel.attr(KEY).get();
    }

    /** The next request has these encoded headers as well; null for none. */
    void adds(byte @Nullable [] headers) {
        block = headers;
    }

    /** Whether an earlier exchange has used the connection and no byte was received since. */
    boolean isKeptAndUnanswered() {
        return kept && !answering;
    }

    /**
     * The content of a response. It completes after the connection went back to the pool and the place was released:
     * otherwise a request sent at once would open a second connection, or wait in the queue.
     *
     * @param content allows one subscriber
     */
    Flux<ByteBuf> received(Flux<ByteBuf> content, Exchange<?> exchange) {
        return new Received(content, exchange);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) throws Exception {
        super.write(ctx, msg, unsent.promise(ctx, promise));
    }

    /** The current exchange still gets its response; no other starts. */
    private void spend(ChannelHandlerContext ctx) {
        spent = true;
        Connection.from(ctx.channel()).markPersistent(false);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private static void close(ChannelHandlerContext ctx) {
        ctx.close();
    }

    /** Flux and subscriber in one, as there is one subscriber. */
    private final class Received extends Flux<ByteBuf> implements CoreSubscriber<ByteBuf> {

        private final Flux<ByteBuf> content;
        private final Exchange<?> exchange;
        private @Nullable CoreSubscriber<? super ByteBuf> actual;

        Received(Flux<ByteBuf> content, Exchange<?> exchange) {
            this.content = content;
            this.exchange = exchange;
        }

        @Override
        public void subscribe(CoreSubscriber<? super ByteBuf> subscriber) {
            actual = subscriber;
            content.subscribe(this);
        }

        private CoreSubscriber<? super ByteBuf> actual() {
            return Objects.requireNonNull(actual, "subscriber");
        }

        @Override
        public Context currentContext() {
            return actual().currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            actual().onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuf buffer) {
            actual().onNext(buffer);
        }

        @Override
        public void onError(Throwable error) {
            actual().onError(error);
        }

        @Override
        public void onComplete() {
            if (releasing) {
                received = this;
            } else {
                end();
            }
        }

        private void end() {
            exchange.release();
            actual().onComplete();
        }

        // What a subscriber throws must not reach the pipeline, which may serve another exchange by now.
        void tell() {
            try {
                end();
            } catch (Throwable thrown) {
                Guard.throwIfJvmEnds(thrown);
                Operators.onErrorDropped(thrown, currentContext());
            }
        }
    }

    final class Requests extends HttpRequestEncoder {

        @Override
        protected void encode(ChannelHandlerContext ctx, Object msg, List<Object> out) throws Exception {
            if (msg instanceof HttpRequest request) {
                asked = true;
                headOnly = request.method().equals(HttpMethod.HEAD);
            }
            super.encode(ctx, msg, out);
        }

        @Override
        protected void encodeHeaders(HttpHeaders headers, ByteBuf buf) {
            byte[] first = block;
            block = null;
            if (first != null) {
                buf.writeBytes(first);
            }
            super.encodeHeaders(headers, buf);
        }
    }

    final class Answers extends HttpResponseDecoder {

        private boolean announcesBody;
        private boolean interim;
        private @Nullable LastHttpContent end;

        Answers(int maxHeaderBytes) {
            super(new HttpDecoderConfig().setMaxHeaderSize(maxHeaderBytes));
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
            if (!asked || spent) {
                in.skipBytes(in.readableBytes());
                spend(ctx);
                if (end == null) {
                    close(ctx);
                }
                return;
            }
            answering = true;
            int before = out.size();
            super.decode(ctx, in, out);
            for (int i = before; i < out.size(); i++) {
                if (skipped(out.get(i))) {
                    ReferenceCountUtil.release(out.remove(i--));
                    // Nothing reaches the one who would ask for more.
                    ctx.read();
                } else if (out.get(i) instanceof LastHttpContent last) {
                    out.remove(i--);
                    ended(ctx, last);
                }
            }
        }

        private boolean skipped(Object part) {
            if (part instanceof HttpResponse head) {
                interim = isInterim(head);
            }
            boolean skipped = interim;
            if (part instanceof LastHttpContent) {
                interim = false;
            }
            return skipped;
        }

        private void ended(ChannelHandlerContext ctx, LastHttpContent last) {
            asked = false;
            answering = false;
            kept = true;
            end = last;
            if (last.decoderResult().isFailure() || !unsent.none()) {
                spend(ctx);
            }
        }

        // With the end of the answer its connection may serve another call at once: what the same read has brought
        // beyond it must have been seen by then.
        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
            passEnd(ctx);
            super.channelReadComplete(ctx);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) throws Exception {
            passEnd(ctx);
            super.channelInactive(ctx);
            unsent.fail();
        }

        private void passEnd(ChannelHandlerContext ctx) {
            LastHttpContent last = end;
            end = null;
            if (last == null) {
                return;
            }
            releasing = true;
            try {
                ctx.fireChannelRead(last);
            } finally {
                releasing = false;
                Received all = received;
                received = null;
                if (all != null) {
                    all.tell();
                }
            }
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage msg) {
            // Asked before the header that says so is taken out of a head that cannot have a body.
            announcesBody = HttpUtil.isTransferEncodingChunked(msg) || HttpUtil.getContentLength(msg, 0L) > 0;
            return super.isContentAlwaysEmpty(msg) || headOnly;
        }

        /** A head that announces a body is no interim response, whatever its status. */
        private boolean isInterim(HttpResponse head) {
            return head.decoderResult().isSuccess()
                    && head.status().codeClass() == HttpStatusClass.INFORMATIONAL
                    && !head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
                    && !announcesBody;
        }
    }
}
