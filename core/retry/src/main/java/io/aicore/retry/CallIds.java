package io.aicore.retry;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers calls in order of creation and renders a number as an opaque id that does not repeat. */
final class CallIds {

    private static final AtomicLong BORN = new AtomicLong();
    private static final long SALT = new SplittableRandom().nextLong();

    private CallIds() {}

    static long next() {
        return BORN.incrementAndGet();
    }

    /** The number of the most recent call. */
    static long latest() {
        return BORN.get();
    }

    /** A bijection of 64 bits (the finaliser of SplitMix64), so that two calls of a process never share an id. */
    static String text(long number) {
        long z = number + SALT;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        String hex = Long.toHexString(z ^ (z >>> 31));
        return hex.length() == 16 ? hex : "0".repeat(16 - hex.length()) + hex;
    }
}
