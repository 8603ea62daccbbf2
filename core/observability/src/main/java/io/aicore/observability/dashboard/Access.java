package io.aicore.observability.dashboard;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides who has access: holders of the token, or, without one, browsers on this machine. */
final class Access {

    private static final int MIN_TOKEN = 16;
    private static final String BEARER = "bearer ";

    private final byte @Nullable [] token;
    private final boolean loopbackOnly;

    private Access(@Nullable String token, boolean loopbackOnly) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
        this.loopbackOnly = loopbackOnly;
    }

    /**
     * For a server at this host.
     *
     * @throws IllegalArgumentException if that is not loopback and there is no token
     */
    static Access of(String host, @Nullable String token) {
        if (token == null && !isLoopback(host)) {
            throw new IllegalArgumentException("token: missing (expected: one, as host " + host
                    + " is not loopback and others could read what is recorded)");
        }
        return new Access(token, token == null);
    }

    /** For a handler whose server controls access. */
    static Access mounted(@Nullable String token) {
        return new Access(token, false);
    }

    /** Validates this token. The message does not show it. */
    static String checked(String token) {
        if (token.length() < MIN_TOKEN) {
            throw new IllegalArgumentException(
                    "token: " + token.length() + " characters (expected: at least " + MIN_TOKEN + ")");
        }
        if (!token.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException("token: (expected: printable ASCII without spaces)");
        }
        return token;
    }

    /** Names are not resolved, which would block, except localhost. */
    static String address(String host) {
        return host.equalsIgnoreCase("localhost") ? "127.0.0.1" : host;
    }

    boolean needsToken() {
        return token != null;
    }

    /** Whether this header contains the token. Constant-time comparison. */
    boolean admits(@Nullable String authorization) {
        if (token == null) {
            return true;
        }
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return false;
        }
        String given = authorization.substring(BEARER.length()).strip();
        return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether a request for this host name is legitimate. A web site can resolve its own name to 127.0.0.1, and the
     * browser would then treat the responses as the site's; with a token the site has no credentials.
     */
    boolean expects(@Nullable String hostHeader) {
        return !loopbackOnly || (hostHeader != null && isLoopback(withoutPort(hostHeader)));
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // Of bytes that are no address, which it just was.
            throw new IllegalStateException(e);
        }
    }
}
