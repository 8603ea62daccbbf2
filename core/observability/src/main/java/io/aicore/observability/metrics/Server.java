package io.aicore.observability.metrics;

import io.micrometer.common.KeyValue;
import org.jspecify.annotations.Nullable;

/** The host of a call, taken apart. */
record Server(String address, String port) {

    private static final Server NONE = new Server(KeyValue.NONE_VALUE, KeyValue.NONE_VALUE);
    private static final String HTTPS = "443";

    static Server of(@Nullable String host) {
        if (host == null) {
            return NONE;
        }
        int colon = host.lastIndexOf(':');
        // The colons of an IPv6 address stand in brackets.
        return colon < 0 || host.indexOf(']', colon) >= 0
                ? new Server(host, HTTPS)
                : new Server(host.substring(0, colon), host.substring(colon + 1));
    }
}
