package io.aicore.openai;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where Azure has its chat completions. */
final class AzurePaths {

    private static final String COMPLETIONS = "/chat/completions";

    private AzurePaths() {}

    /**
     * What to append to a resource's address: the v1 path, or with an API version the classic one, in which the deployment
     * takes the model's place. An address that has a path already is taken as it is.
     */
    static String of(URI baseUrl, Options options) {
        String path = baseUrl.getPath() == null ? "" : baseUrl.getPath();
        String version = options.apiVersion();
        // The address may say the version itself: its query goes with every request.
        boolean said = version != null
                || Objects.requireNonNullElse(baseUrl.getRawQuery(), "").contains("api-version=");
        if (path.contains("/deployments/")) {
            if (!said) {
                throw new IllegalArgumentException(
                        "options.api_version: none (expected: Azure's api-version, as 2024-10-21, for the base URL of a deployment)");
            }
            return COMPLETIONS + query(version);
        }
        if (path.length() > 1) {
            return COMPLETIONS + query(version);
        }
        // v1 has no dated versions, only these two words.
        boolean classic = options.deployment() != null
                || (version != null && !version.equals("preview") && !version.equals("latest"));
        if (!classic) {
            return "/openai/v1" + COMPLETIONS + query(version);
        }
        if (!said) {
            throw new IllegalArgumentException(
                    "options.api_version: none (expected: Azure's api-version, as 2024-10-21, for a deployment)");
        }
        String deployment = options.deployment() == null ? OpenAiCodec.MODEL : encode(options.deployment());
        return "/openai/deployments/" + deployment + COMPLETIONS + query(version);
    }

    private static String query(@Nullable String version) {
        return version == null ? "" : "?api-version=" + encode(version);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
