package io.aicore.ollama;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Where the server is: a base URL, or what Ollama itself reads in {@code OLLAMA_HOST}. */
final class Address {

    static final String DEFAULT = "http://localhost:11434";

    private static final int DEFAULT_PORT = 11_434;

    private Address() {}

    /** The first address that is set, without a trailing slash. */
    static URI of(@Nullable URI baseUrl, @Nullable String host) {
        if (baseUrl == null) {
            return host == null ? URI.create(DEFAULT) : ofHost(host.strip());
        }
        String text = withoutSlash(baseUrl.toString());
        if (text.endsWith("/v1")) {
            throw new IllegalArgumentException("LLM_BASE_URL: ends with /v1 (expected: the address without it, as "
                    + DEFAULT + "; or provider ollama-openai, which speaks the protocol found there)");
        }
        return URI.create(text);
    }

    /**
     * {@code host}, {@code host:port}, {@code :port}, or an address with its scheme, of which the usual port is meant
     * then. A server that listens on every address is reached on this machine's own.
     */
    private static URI ofHost(String host) {
        boolean bare = !host.contains("://");
        String full = withoutSlash(bare ? "http://" + host : host).replaceFirst("^(https?://)(?=:\\d)", "$1127.0.0.1");
        try {
            URI uri = new URI(full);
            String scheme = uri.getScheme();
            if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
                throw wrong();
            }
            String name = connectable(uri.getHost());
            int port = uri.getPort() < 0 && bare ? DEFAULT_PORT : uri.getPort();
            return new URI(scheme, null, name, port, uri.getPath(), null, null);
        } catch (URISyntaxException e) {
            throw wrong();
        }
    }

    private static String connectable(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "[::]" -> "[::1]";
            default -> host;
        };
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    // Without the value, which may hold a password.
    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException(
                "options.host (or OLLAMA_HOST): no address (expected: host, host:port or http://host:port)");
    }
}
