package io.aicore.llm.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one provider's HTTP client, and its way to the provider.
 *
 * <p>The default allows 10,000 calls at once: each call in flight holds one connection, and Reactor Netty's own default
 * (500 connections, 1,000 calls waiting for one) fails 500 of 2,000 calls made at once. A connection costs a file
 * descriptor and some kilobytes, so look at {@code ulimit -n} before going that far.
 *
 * @param maxConnections calls in flight at once; default 10,000
 * @param maxPending calls that may wait for a connection when all are in use; the next one is rejected at once. Default
 *     1,000; 0 rejects as soon as all are in use
 * @param pendingTimeout how long such a call waits before it is rejected; default 10 s
 * @param maxResponseBytes the largest plain answer or error body, after decompression; default 32 MiB
 * @param maxLineBytes the longest line and the largest event of a stream; default 16 MiB
 * @param gzip whether plain answers may come compressed; default true. Streams never do: a compressor holds tokens back
 * @param proxy null, the default: none
 * @param tls null, the default: the Java runtime's trust
 */
public record HttpSettings(
        int maxConnections,
        int maxPending,
        Duration pendingTimeout,
        int maxResponseBytes,
        int maxLineBytes,
        boolean gzip,
        @Nullable ProxySettings proxy,
        @Nullable TlsSettings tls) {

    private static final HttpSettings DEFAULTS =
            new HttpSettings(10_000, 1_000, Duration.ofSeconds(10), 32 << 20, 16 << 20, true, null, null);

    public HttpSettings {
        atLeast(1, "maxConnections", maxConnections);
        atLeast(0, "maxPending", maxPending);
        if (pendingTimeout.isZero() || pendingTimeout.isNegative()) {
            throw new IllegalArgumentException("pendingTimeout: " + pendingTimeout + " (expected: > 0)");
        }
        atLeast(1, "maxResponseBytes", maxResponseBytes);
        atLeast(1, "maxLineBytes", maxLineBytes);
    }

    /** 10,000 calls at once, 1,000 more waiting up to 10 s, answers up to 32 MiB, stream lines up to 16 MiB, gzip. */
    public static HttpSettings defaults() {
        return DEFAULTS;
    }

    /** The same, with this many calls in flight at once. */
    public HttpSettings maxConnections(int maxConnections) {
        return new HttpSettings(
                maxConnections, maxPending, pendingTimeout, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }

    /** The same, with this many calls waiting for a connection. */
    public HttpSettings maxPending(int maxPending) {
        return new HttpSettings(
                maxConnections, maxPending, pendingTimeout, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }

    /** The same, with this longest wait for a connection. */
    public HttpSettings pendingTimeout(Duration pendingTimeout) {
        return new HttpSettings(
                maxConnections, maxPending, pendingTimeout, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }

    /** The same, with this limit for plain answers and error bodies. */
    public HttpSettings maxResponseBytes(int maxResponseBytes) {
        return new HttpSettings(
                maxConnections, maxPending, pendingTimeout, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }

    /** The same, with this limit for one line, and one event, of a stream. */
    public HttpSettings maxLineBytes(int maxLineBytes) {
        return new HttpSettings(
                maxConnections, maxPending, pendingTimeout, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }

    /** The same, with or without compressed plain answers. */
    public HttpSettings gzip(boolean gzip) {
        return new HttpSettings(
                maxConnections, maxPending, pendingTimeout, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }

    /** The same, through this proxy; null for none. */
    public HttpSettings proxy(@Nullable ProxySettings proxy) {
        return new HttpSettings(
                maxConnections, maxPending, pendingTimeout, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }

    /** The same, with these TLS settings; null for the runtime's trust. */
    public HttpSettings tls(@Nullable TlsSettings tls) {
        return new HttpSettings(
                maxConnections, maxPending, pendingTimeout, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }

    private static void atLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
        }
    }
}
