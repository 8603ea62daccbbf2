package io.aicore.llm.http;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Arrays into which bytes are copied while they are read, at most {@value #MOST} of {@value #LENGTH} bytes. */
final class ReadArrays {

    /** One read by Netty's HTTP codec is not longer. */
    static final int LENGTH = 8 << 10;

    private static final int MOST = 16;

    private final AtomicReferenceArray<byte[]> free = new AtomicReferenceArray<>(MOST);

    /** An array of at least this length; comes back by {@link #give}. */
    byte[] take(int length) {
        if (length > LENGTH) {
            return new byte[length];
        }
        for (int i = 0; i < MOST; i++) {
            byte[] array = free.getAndSet(i, null);
            if (array != null) {
                return array;
            }
        }
        return new byte[LENGTH];
    }

    void give(byte[] array) {
        if (array.length != LENGTH) {
            return;
        }
        for (int i = 0; i < MOST; i++) {
            if (free.compareAndSet(i, null, array)) {
                return;
            }
        }
    }
}
