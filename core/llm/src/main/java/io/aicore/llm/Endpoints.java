package io.aicore.llm;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may be said of an endpoint's address. */
final class Endpoints {

    private static final Pattern USER_INFO = Pattern.compile("//[^/]*@");

    private Endpoints() {}

    /** Names of circuits and admissions appear in messages, records and on dashboards. */
    static String withoutSecrets(String endpoint) {
        int query = endpoint.indexOf('?');
        String address = query < 0 ? endpoint : endpoint.substring(0, query);
        return USER_INFO.matcher(address).replaceFirst("//");
    }

    /** Host and port only: other parts of an address may contain secrets. */
    static @Nullable String host(String endpoint) {
        try {
            URI address = URI.create(endpoint);
            String host = address.getHost();
            int port = address.getPort() < 0 && "http".equalsIgnoreCase(address.getScheme()) ? 80 : address.getPort();
            return host == null || port < 0 ? host : host + ":" + port;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
