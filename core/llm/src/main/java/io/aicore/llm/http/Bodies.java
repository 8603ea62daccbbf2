package io.aicore.llm.http;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import reactor.core.publisher.Flux;

/** Whole bodies, never larger than the limit: neither as they come nor decoded. */
final class Bodies {

    private final int limit;
    private final Faults faults;

    Bodies(int limit, Faults faults) {
        this.limit = limit;
        this.faults = faults;
    }

    void add(ByteArrayOutputStream body, byte[] bytes) {
        if (bytes.length > limit - body.size()) {
            throw faults.bodyTooLarge();
        }
        body.writeBytes(bytes);
    }

    /** As much as there is room for; whether that was all. */
    boolean addWhatFits(ByteArrayOutputStream body, byte[] bytes) {
        int room = limit - body.size();
        body.write(bytes, 0, Math.min(room, bytes.length));
        return bytes.length <= room;
    }

    /** The same bytes, which fail beyond the limit: there are encodings of much that stand for nothing. */
    Flux<byte[]> limited(Flux<byte[]> body) {
        return Flux.defer(() -> {
            long[] left = {limit};
            return body.doOnNext(bytes -> {
                left[0] -= bytes.length;
                if (left[0] < 0) {
                    throw faults.bodyTooLarge();
                }
            });
        });
    }

    static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
