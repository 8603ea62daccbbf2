package io.aicore.anthropic;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the options of a configuration say to this protocol.
 *
 * @param apiVersion the {@code anthropic-version}
 * @param beta the {@code anthropic-beta}, names with commas between them; null for none
 * @param bearer whether the key goes out as {@code Authorization: Bearer}
 */
record Options(String apiVersion, @Nullable String beta, boolean bearer) {

    /** The version before the one that refuses sampling fields: every model and every gateway takes it. */
    static final String DEFAULT_VERSION = "2023-06-01";

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern BETAS = Pattern.compile("[A-Za-z0-9._-]+(?:\\s*,\\s*[A-Za-z0-9._-]+)*");

    static Options of(Map<String, String> options) {
        String version = options.getOrDefault("api_version", DEFAULT_VERSION);
        check("api_version", version, DATE.matcher(version).matches(), "a date, as 2023-06-01 or 2026-10-21");
        String beta = options.get("beta");
        if (beta != null) {
            check("beta", beta, areBetas(beta), "names of beta features, with commas between them");
        }
        String auth = options.getOrDefault("auth", "x-api-key");
        check("auth", auth, auth.equals("x-api-key") || auth.equals("bearer"), "x-api-key or bearer");
        return new Options(version, beta, auth.equals("bearer"));
    }

    /** Whether this is one name of a beta feature, or several with commas between them. */
    static boolean areBetas(String text) {
        return BETAS.matcher(text).matches();
    }

    private static void check(String name, String value, boolean fine, String expected) {
        if (!fine) {
            throw new IllegalArgumentException("options." + name + ": '" + value + "' (expected: " + expected + ")");
        }
    }
}
