package io.aicore.llm.http;

import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/** Data of one connection that could not be sent, until its senders are told. */
final class Unsent {

    private @Nullable Part last;

    private record Part(
            ChannelPromise promise,
            Throwable cause,
            @Nullable Part before) {}

    void add(ChannelPromise promise, Throwable cause) {
        last = new Part(promise, cause, last);
    }

    void fail() {
        for (Part each = last; each != null; each = each.before()) {
            each.promise().tryFailure(each.cause());
        }
        last = null;
    }
}
