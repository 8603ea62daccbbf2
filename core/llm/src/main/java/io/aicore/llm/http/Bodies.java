package io.aicore.llm.http;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import reactor.core.publisher.Flux;

/** Whole bodies within the size limit, both as received and decoded. */
final class Bodies {

    private final int limit;
    private final TransportErrors faults;

    Bodies(int limit, TransportErrors faults) {
        this.limit = limit;
        this.faults = faults;
    }

    void add(ByteArrayOutputStream body, byte[] bytes) {
        if (bytes.length > limit - body.size()) {
            throw faults.bodyTooLarge();
        }
        body.writeBytes(bytes);
    }

    /** Adds as many bytes as fit; true if all did. */
    boolean addWhatFits(ByteArrayOutputStream body, byte[] bytes) {
        int room = limit - body.size();
        body.write(bytes, 0, Math.min(room, bytes.length));
        return bytes.length <= room;
    }

    /** Fails beyond the limit: a small encoded body may decode to a huge one. */
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
