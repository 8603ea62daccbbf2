package io.aicore.observability.dashboard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;

/** The headers of every response, and the checks of a request's headers. */
final class Headers {

    // Only our own scripts, styles and requests; nothing inline, nothing from elsewhere, and no framing.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    static final Entry<String, String> NOT_STORED = Map.entry("Cache-Control", "no-store");

    private Headers() {}

    /** These headers, and those of every response. */
    @SafeVarargs
    static Map<String, String> with(Entry<String, String>... headers) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Security-Policy", POLICY);
        all.put("X-Content-Type-Options", "nosniff");
        all.put("X-Frame-Options", "DENY");
        all.put("Referrer-Policy", "no-referrer");
        all.put("Cross-Origin-Resource-Policy", "same-origin");
        all.put("Cross-Origin-Opener-Policy", "same-origin");
        for (Entry<String, String> header : headers) {
            all.put(header.getKey(), header.getValue());
        }
        return all;
    }

    /** Whether the request was caused by a page of another site. */
    static boolean isOfAnotherSite(DashboardExchange exchange) {
        String site = exchange.header("Sec-Fetch-Site");
        return "cross-site".equals(site) || "same-site".equals(site);
    }

    static String inPath(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
