package io.aicore.llm.http;

import io.aicore.internal.Check;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy ({@code CONNECT}) for the connections to the provider. Its password prints as {@code REDACTED}.
 *
 * @param user null for a proxy without authentication
 * @param password null for a proxy without a password
 */
public record ProxySettings(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password) {

    public ProxySettings {
        Check.that(!host.isBlank(), "proxy.host", "'" + host + "'", "a host name");
        Check.that(port >= 1 && port <= 65_535, "proxy.port", port, "1 to 65535");
        Check.that(password == null || user != null, "proxy.user", user, "a name, as there is a password");
    }

    /** A proxy without authentication. */
    public static ProxySettings of(String host, int port) {
        return new ProxySettings(host, port, null, null);
    }

    /** Returns a copy with this user and password. */
    public ProxySettings login(String user, String password) {
        return new ProxySettings(host, port, user, password);
    }

    @Override
    public String toString() {
        return "ProxySettings[" + host + ":" + port + (user == null ? "]" : ", user=REDACTED, password=REDACTED]");
    }
}
