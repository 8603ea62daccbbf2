package io.aicore.llm.codec.json;

import java.io.OutputStream;
import java.util.Arrays;
import tools.jackson.core.util.BufferRecycler;

/**
 * Collects bytes in a buffer that goes back to Jackson's pool with the size to which it has grown, so that a prompt of many
 * kilobytes costs no more than its own array. A buffer above {@value #MOST_KEPT} bytes is not kept.
 */
final class PooledBytes extends OutputStream implements BufferRecycler.Gettable {

    private static final int MOST_KEPT = 1024 * 1024;
    private static final int PLACE = BufferRecycler.BYTE_WRITE_CONCAT_BUFFER;

    private final BufferRecycler pool;
    private byte[] buffer;
    private int size;

    PooledBytes(BufferRecycler pool) {
        this.pool = pool;
        this.buffer = pool.allocByteBuffer(PLACE);
    }

    /** For the generator's own buffers. */
    @Override
    public BufferRecycler bufferRecycler() {
        return pool;
    }

    @Override
    public void write(int next) {
        room(1);
        buffer[size++] = (byte) next;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        room(length);
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
    }

    private void room(int more) {
        int needed = Math.addExact(size, more);
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.max(needed, Math.min(2L * buffer.length, Integer.MAX_VALUE - 8)));
        }
    }

    /** What has been written, in an array of its size. */
    byte[] written() {
        return Arrays.copyOf(buffer, size);
    }

    /** Gives the buffer back; nothing may be written or read any more. */
    void release() {
        if (buffer.length <= MOST_KEPT) {
            pool.releaseByteBuffer(PLACE, buffer);
        }
    }
}
