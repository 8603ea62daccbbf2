package io.aicore.llm.http;

import io.netty.handler.codec.http.HttpUtil;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import reactor.netty.transport.AddressUtils;

/** The base URL as configured: its path is kept, and its query is part of every request. */
final class BaseUrl {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final String prefix;
    private final String query;
    private final String host;
    private final InetSocketAddress address;

    private BaseUrl(String prefix, String query, String host, InetSocketAddress address) {
        this.prefix = prefix;
        this.query = query;
        this.host = host;
        this.address = address;
    }

    static BaseUrl of(URI baseUrl) {
        String scheme = baseUrl.getScheme() == null ? "" : baseUrl.getScheme().toLowerCase(Locale.ROOT);
        if (baseUrl.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw invalid(shown(baseUrl));
        }
        // Neither is repeated in the message: what stands before an @ is often a password.
        if (baseUrl.getRawUserInfo() != null) {
            throw invalid("has user info");
        }
        if (baseUrl.getRawFragment() != null) {
            throw invalid("has a fragment");
        }
        String path = baseUrl.getRawPath();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        String port = baseUrl.getPort() < 0 ? "" : ":" + baseUrl.getPort();
        return new BaseUrl(
                scheme + "://" + baseUrl.getHost() + port + path,
                baseUrl.getRawQuery() == null ? "" : baseUrl.getRawQuery(),
                baseUrl.getHost() + port,
                AddressUtils.createUnresolved(unbracketed(baseUrl.getHost()), port(baseUrl, scheme)));
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI baseUrl, String scheme) {
        int usual = scheme.equals("https") ? HTTPS : HTTP;
        return baseUrl.getPort() < 0 ? usual : baseUrl.getPort();
    }

    /** The full URL of a request for this path, which begins with a slash and may have a query. */
    URI resolve(String path) {
        int mark = path.indexOf('?');
        String ownQuery = mark < 0 ? "" : path.substring(mark + 1);
        String joined = query.isEmpty() || ownQuery.isEmpty() ? query + ownQuery : query + "&" + ownQuery;
        String url = prefix + (mark < 0 ? path : path.substring(0, mark)) + (joined.isEmpty() ? "" : "?" + joined);
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("path: not part of a URL at index " + e.getIndex()
                    + " (expected: /… with other characters escaped)");
        }
    }

    /** What a request line has of {@link #resolve}: path and query. */
    String target(String path) {
        URI url = resolve(path);
        return url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
    }

    /** Host and port, which messages may contain. */
    String host() {
        return host;
    }

    /** Where connections go to; its name is looked up for each of them. */
    InetSocketAddress address() {
        return address;
    }

    /** Host and port as the header {@code host} has them. */
    String hostHeader() {
        String name = HttpUtil.formatHostnameForHttp(address);
        int port = address.getPort();
        return port == HTTP || port == HTTPS ? name : name + ":" + port;
    }

    /** Whether connections to it are encrypted. */
    boolean isSecure() {
        return prefix.startsWith("https:");
    }

    private static String shown(URI baseUrl) {
        return baseUrl.getRawAuthority() == null
                ? "'" + baseUrl.getScheme() + ":…'"
                : "'" + baseUrl.getScheme() + "://…'";
    }

    private static IllegalArgumentException invalid(String what) {
        return new IllegalArgumentException("baseUrl: " + what + " (expected: https://host[:port][/path][?query])");
    }
}
