package io.aicore.observability.dashboard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** What every answer tells the browser, and what the browser tells us of who asks. */
final class Headers {

    // Scripts, styles and requests of our own, nothing inline, nothing from elsewhere, in nobody's frame.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Headers() {}

    static void onAll(HttpServerResponse response) {
        response.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin");
    }

    /** Whether a page of another site made the browser ask. */
    static boolean isOfAnotherSite(HttpServerRequest request) {
        String site = request.requestHeaders().get("Sec-Fetch-Site");
        return "cross-site".equals(site) || "same-site".equals(site);
    }

    static String inPath(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
