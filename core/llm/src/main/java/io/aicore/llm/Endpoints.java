package io.aicore.llm;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of an endpoint's address that may be shown. */
final class Endpoints {

    private static final Pattern USER_INFO = Pattern.compile("//[^/]*@");

    private Endpoints() {}

    /** Names of circuits and admissions appear in messages, records and on dashboards. */
    static String withoutSecrets(String endpoint) {
        int query = endpoint.indexOf('?');
        String address = query < 0 ? endpoint : endpoint.substring(0, query);
        return USER_INFO.matcher(address).replaceFirst("//");
    }

    /** Scheme, host, port and path: user, query and fragment may contain secrets. */
    static String bare(URI address) {
        return address.getScheme() + "://" + hostAndPort(address)
                + Objects.requireNonNullElse(address.getRawPath(), "");
    }

    /** The host, with the port unless it is that of https; null for a text that is no address. */
    static @Nullable String host(String endpoint) {
        URI address = address(endpoint);
        if (address == null || address.getHost() == null) {
            return null;
        }
        boolean plain = address.getPort() < 0 && "http".equalsIgnoreCase(address.getScheme());
        return plain ? address.getHost() + ":80" : hostAndPort(address);
    }

    /** The host without its port; null for a text that is no address. */
    static @Nullable String hostName(String endpoint) {
        URI address = address(endpoint);
        return address == null ? null : address.getHost();
    }

    private static String hostAndPort(URI address) {
        return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
    }

    private static @Nullable URI address(String endpoint) {
        try {
            return URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
