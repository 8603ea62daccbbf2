package io.aicore.llm.http;

import io.aicore.internal.Seconds;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslClosedEngineException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;
import reactor.netty.internal.shaded.reactor.pool.PoolShutdownException;

/**
 * Maps failures of the transport. Messages contain host, port and configured limits, never a query, a header or a body.
 */
final class TransportErrors {

    private final String provider;
    private final String host;
    private final HttpSettings settings;

    TransportErrors(String provider, String host, HttpSettings settings) {
        this.provider = provider;
        this.host = host;
        this.settings = settings;
    }

    /** Whether the peer closed or reset the connection; TLS errors are not. */
    static boolean isEndOfConnection(Throwable thrown) {
        Throwable error = Exceptions.unwrap(thrown);
        return error instanceof AbortedException
                || error instanceof SslClosedEngineException
                || (error instanceof IOException && !(error instanceof SSLException));
    }

    /** A failure before the head of the response was read; errors from outside the transport stay as they are. */
    Throwable beforeAnswer(Throwable thrown, Phase phase) {
        Throwable error = Exceptions.unwrap(thrown);
        if (error instanceof LlmException || error instanceof Error) {
            return error;
        }
        if (error instanceof PoolShutdownException) {
            return closed();
        }
        if (error instanceof ConnectTimeoutException
                || error instanceof SslHandshakeTimeoutException
                || error instanceof PoolAcquireTimeoutException) {
            return timeout(Phase.CONNECT, "no connection to " + host + " in time", error);
        }
        if (error instanceof UnknownHostException) {
            return connection(true, Phase.CONNECT, "the host name " + host + " was not found", error);
        }
        if (error instanceof ProxyConnectException) {
            return proxy(error);
        }
        if (error instanceof SSLException || error.getCause() instanceof SSLException) {
            return tls(error, phase);
        }
        if (error instanceof ConnectException) {
            return connection(true, Phase.CONNECT, "the connection to " + host + " was refused", error);
        }
        if (error instanceof PrematureCloseException || error instanceof AbortedException) {
            return connection(true, phase, host + " closed the connection before it answered", error);
        }
        if (error instanceof IOException) {
            return connection(true, phase, "the connection to " + host + " broke before the answer", error);
        }
        if (phase == Phase.FIRST_BYTE) {
            return unreadable(error);
        }
        return error;
    }

    /** A failure while the body of a plain response was read. */
    Throwable inBody(Throwable thrown) {
        Throwable error = Exceptions.unwrap(thrown);
        if (error instanceof PrematureCloseException) {
            return malformed(true, "the connection closed before the body was complete", error);
        }
        return inAnswer(error, "the connection to " + host + " broke within the body");
    }

    /** A failure while a stream was read. */
    Throwable inStream(Throwable thrown) {
        return inAnswer(Exceptions.unwrap(thrown), "the connection to " + host + " broke within the stream");
    }

    private Throwable inAnswer(Throwable error, String broke) {
        if (error instanceof LlmException || error instanceof Error) {
            return error;
        }
        return error instanceof IOException || error instanceof AbortedException
                ? connection(true, Phase.BODY, broke, error)
                : unreadable(error);
    }

    LlmException timeout(Phase phase, String why, @Nullable Throwable cause) {
        return of(ErrorCategory.TIMEOUT, true, phase, why, cause);
    }

    LlmException connectTimeout(Duration limit) {
        return timeout(
                Phase.CONNECT,
                "no connection to " + host + " within " + Seconds.text(limit) + " (connectTimeout)",
                null);
    }

    LlmException firstByteTimeout(Duration limit) {
        return timeout(Phase.FIRST_BYTE, "no response within " + Seconds.text(limit) + " (firstTokenTimeout)", null);
    }

    LlmException idleTimeout(Duration limit) {
        return timeout(Phase.BODY, "the stream was silent for " + Seconds.text(limit) + " (idleTimeout)", null);
    }

    LlmException attemptTimeout(Phase phase, Duration limit) {
        return timeout(phase, "no complete response within " + Seconds.text(limit) + " (attemptTimeout)", null);
    }

    /** A timeout of a client that was itself late. */
    LlmException ownFault(LlmException timeout) {
        ErrorDetails details = timeout.details();
        return timeout.details(
                details.why(details.why() + "; this client's event loop was late, which says nothing about " + host)
                        .response(details.status(), HttpTransport.CLIENT_BEHIND, details.requestId()));
    }

    LlmException noStatus(int status) {
        return malformed(false, "the response has the status " + status + " (expected: 200 to 599)", null);
    }

    LlmException bodyTooLarge() {
        return malformed(
                false,
                "the response is larger than " + settings.maxResponseBytes() + " bytes (maxResponseBytes)",
                null);
    }

    LlmException lineTooLong() {
        return malformed(
                false,
                "a line or event of the stream is larger than " + settings.maxLineBytes() + " bytes (maxLineBytes)",
                null);
    }

    LlmException badCompression(Throwable cause) {
        return malformed(true, "the compressed body cannot be read", cause);
    }

    LlmException unknownEncoding(String encoding) {
        return malformed(
                false,
                "the response has content-encoding "
                        + encoding.replaceAll("[^A-Za-z0-9_.-]", "?").replaceFirst("(?<=.{30}).*", "…")
                        + ", which was not requested; gzip and deflate are supported",
                null);
    }

    LlmException badRequest(String why) {
        return of(ErrorCategory.INVALID_REQUEST, false, Phase.ADMISSION, why, null);
    }

    LlmException closed() {
        return rejected("the provider's HTTP client was closed");
    }

    LlmException queueFull() {
        return rejected("all " + settings.maxConnections() + " connections are in use and " + settings.maxPending()
                + " calls are waiting already (maxConnections, maxPending)");
    }

    LlmException queueTooSlow() {
        return rejected("none of " + settings.maxConnections() + " connections became free within "
                + Seconds.text(settings.pendingTimeout()) + " (maxConnections, pendingTimeout)");
    }

    private LlmException tls(Throwable error, Phase phase) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotSslRecordException) {
                // Without the library's own message, a kilobyte of what the server sent.
                return connection(
                        false,
                        Phase.CONNECT,
                        host + " does not speak TLS on this port; for plain HTTP, baseUrl must begin with http://",
                        new SSLException("not a TLS record"));
            }
            if (cause instanceof CertificateException
                    || cause instanceof java.security.cert.CertPathValidatorException) {
                return connection(
                        false,
                        Phase.CONNECT,
                        "the certificate of " + host
                                + " is not trusted or belongs to another host; to trust it, add it to the TLS settings",
                        error);
            }
        }
        Phase reached = phase == Phase.FIRST_BYTE ? phase : Phase.CONNECT;
        return connection(true, reached, "TLS with " + host + " failed", error);
    }

    private LlmException proxy(Throwable error) {
        ProxySettings proxy = settings.proxy();
        String name = proxy == null ? "the proxy" : "the proxy " + proxy.host() + ":" + proxy.port();
        // Netty tells the answer in words alone; they hold addresses too, whose ports may have these digits.
        boolean refused = String.valueOf(error.getMessage()).contains("status: 407");
        return connection(
                !refused,
                Phase.CONNECT,
                refused ? name + " rejected the user and password" : name + " did not connect to " + host,
                error);
    }

    private LlmException unreadable(Throwable error) {
        boolean tooLong = error instanceof TooLongFrameException
                || (error instanceof DecoderException && error.getCause() instanceof TooLongFrameException);
        return malformed(
                !tooLong,
                tooLong
                        ? "the head of the response is larger than " + HttpTransport.MAX_HEADER_BYTES + " bytes"
                        : "the response is not HTTP",
                error);
    }

    private LlmException rejected(String why) {
        return of(ErrorCategory.REJECTED, false, Phase.ADMISSION, why, null);
    }

    private LlmException connection(boolean retryable, Phase phase, String why, Throwable cause) {
        return of(ErrorCategory.CONNECTION, retryable, phase, why, cause);
    }

    private LlmException malformed(boolean retryable, String why, @Nullable Throwable cause) {
        return of(ErrorCategory.MALFORMED_RESPONSE, retryable, Phase.BODY, why, cause);
    }

    private LlmException of(
            ErrorCategory category, boolean retryable, Phase phase, String why, @Nullable Throwable cause) {
        return LlmException.of(
                ErrorDetails.of(provider, category, retryable, why).phase(phase), cause);
    }
}
