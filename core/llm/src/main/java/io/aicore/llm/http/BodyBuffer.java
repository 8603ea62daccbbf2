package io.aicore.llm.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A whole body within the size limit, in one array that has the announced size if there is one. */
final class BodyBuffer {

    private static final int UNKNOWN = 512;

    /** More is not reserved for a mere announcement. */
    private static final int MOST_RESERVED = 1 << 20;

    private final int limit;
    private final TransportErrors faults;
    private byte[] bytes;
    private int size;

    /**
     * @param announced length of the body; negative if unknown
     */
    BodyBuffer(int limit, long announced, TransportErrors faults) {
        this.limit = limit;
        this.faults = faults;
        this.bytes = new byte[(int) Math.min(announced < 0 ? UNKNOWN : announced, Math.min(limit, MOST_RESERVED))];
    }

    void add(ByteBuf more) {
        int length = more.readableBytes();
        reserve(length);
        more.readBytes(bytes, size, length);
        size += length;
    }

    void add(byte[] more) {
        add(more, 0, more.length);
    }

    void add(byte[] more, int from, int to) {
        reserve(to - from);
        System.arraycopy(more, from, bytes, size, to - from);
        size += to - from;
    }

    /** Adds as many bytes as fit; true if all did. */
    boolean addWhatFits(byte[] more) {
        int fitting = Math.min(limit - size, more.length);
        add(more, 0, fitting);
        return fitting == more.length;
    }

    private void reserve(int length) {
        if (length > limit - size) {
            throw faults.bodyTooLarge();
        }
        if (length > bytes.length - size) {
            long doubled = Math.max(UNKNOWN, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(doubled, (long) size + length)));
        }
    }

    /** The body; nothing may be added after this. */
    byte[] whole() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
