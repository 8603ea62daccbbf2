package io.aicore.llm.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request that a connection failed to send. A provider that refuses a request may close the connection while
 * the request is still being sent: the senders get the failure when the connection has ended, so that the refusal is read
 * first.
 */
final class Unsent {

    private @Nullable ChannelPromise last;
    private @Nullable Part failed;

    private record Part(
            ChannelPromise promise,
            Throwable cause,
            @Nullable Part before) {}

    /** The promise to send the next part with, in place of this one. */
    ChannelPromise promise(ChannelHandlerContext ctx, ChannelPromise promise) {
        ChannelPromise sent = ctx.newPromise();
        last = sent;
        sent.addListener(done -> {
            if (done.isSuccess()) {
                promise.trySuccess();
            } else if (ctx.channel().isActive()) {
                failed = new Part(promise, done.cause(), failed);
                ctx.read();
            } else {
                promise.tryFailure(done.cause());
            }
        });
        return sent;
    }

    /** Whether all parts were sent. */
    boolean none() {
        return last == null || last.isSuccess();
    }

    /** The connection has ended. */
    void fail() {
        for (Part each = failed; each != null; each = each.before()) {
            each.promise().tryFailure(each.cause());
        }
        failed = null;
    }
}
