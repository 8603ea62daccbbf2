package io.aicore.llm.http;

import io.aicore.internal.Check;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a provider's HTTP client, its proxy and TLS.
 *
 * <p>The default allows 10,000 concurrent calls: each call in flight holds one connection, and Reactor Netty's own
 * default (500 connections, 1,000 pending acquisitions) fails 500 of 2,000 concurrent calls. A connection needs a file
 * descriptor and some kilobytes: check {@code ulimit -n} before using that many.
 *
 * @param pool the limits of connections and of calls that wait for one
 * @param maxResponseBytes maximum size of a plain response or error body, after decompression; default 32 MiB
 * @param maxLineBytes maximum size of a line and of an event of a stream; default 16 MiB
 * @param gzip whether plain responses may be compressed; default true. Streams never are: a compressor delays tokens
 * @param proxy null, the default, for none
 * @param tls null, the default, for the Java runtime's trust store
 */
public record HttpSettings(
        Pool pool,
        int maxResponseBytes,
        int maxLineBytes,
        boolean gzip,
        @Nullable ProxySettings proxy,
        @Nullable TlsSettings tls) {

    private static final HttpSettings DEFAULTS =
            new HttpSettings(new Pool(10_000, 1_000, Duration.ofSeconds(10)), 32 << 20, 16 << 20, true, null, null);

    /**
     * The connections of a provider.
     *
     * @param maxConnections maximum calls in flight; default 10,000
     * @param maxPending maximum calls that wait for a connection when all are in use, in admission's queue and order; the
     *     next one is rejected at once. Default 1,000; 0 rejects as soon as all are in use
     * @param pendingTimeout longest wait of such a call before it is rejected, at most a day; default 10 s
     */
    public record Pool(int maxConnections, int maxPending, Duration pendingTimeout) {

        public Pool {
            Check.atLeast(1, maxConnections, "maxConnections");
            Check.atLeast(0, maxPending, "maxPending");
            Check.positive(pendingTimeout, "pendingTimeout");
        }
    }

    public HttpSettings {
        Check.atLeast(1, maxResponseBytes, "maxResponseBytes");
        Check.atLeast(1, maxLineBytes, "maxLineBytes");
    }

    /**
     * 10,000 concurrent calls, 1,000 more pending for up to 10 s, responses up to 32 MiB, stream lines up to 16 MiB,
     * gzip.
     */
    public static HttpSettings defaults() {
        return DEFAULTS;
    }

    /** Maximum calls in flight. */
    public int maxConnections() {
        return pool.maxConnections;
    }

    /** Maximum calls that wait for a connection. */
    public int maxPending() {
        return pool.maxPending;
    }

    /** Longest wait for a connection. */
    public Duration pendingTimeout() {
        return pool.pendingTimeout;
    }

    public HttpSettings pool(Pool pool) {
        return new HttpSettings(pool, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }

    /** Sets the maximum number of calls in flight. */
    public HttpSettings maxConnections(int maxConnections) {
        return pool(new Pool(maxConnections, pool.maxPending, pool.pendingTimeout));
    }

    /** Sets the maximum number of calls that wait for a connection. */
    public HttpSettings maxPending(int maxPending) {
        return pool(new Pool(pool.maxConnections, maxPending, pool.pendingTimeout));
    }

    /** Sets the longest wait for a connection. */
    public HttpSettings pendingTimeout(Duration pendingTimeout) {
        return pool(new Pool(pool.maxConnections, pool.maxPending, pendingTimeout));
    }

    /** Sets the maximum size of plain responses and error bodies. */
    public HttpSettings maxResponseBytes(int maxResponseBytes) {
        return new HttpSettings(pool, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }

    /** Sets the maximum size of one line, and of one event, of a stream. */
    public HttpSettings maxLineBytes(int maxLineBytes) {
        return new HttpSettings(pool, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }

    /** Sets whether plain responses may be compressed. */
    public HttpSettings gzip(boolean gzip) {
        return new HttpSettings(pool, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }

    /** Sets the proxy; null for none. */
    public HttpSettings proxy(@Nullable ProxySettings proxy) {
        return new HttpSettings(pool, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }

    /** Sets the TLS settings; null for the Java runtime's trust store. */
    public HttpSettings tls(@Nullable TlsSettings tls) {
        return new HttpSettings(pool, maxResponseBytes, maxLineBytes, gzip, proxy, tls);
    }
}
