package io.aicore.openai;

import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.wire.WireRequest;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where Azure has its endpoints. */
final class AzurePaths {

    private AzurePaths() {}

    /**
     * What to append to a resource's address: the v1 path, or with an API version the classic one, in which the deployment
     * takes the model's place. An address that has a path already is taken as it is.
     *
     * @param endpoint as in {@code /chat/completions}
     * @param deployment the classic paths' deployment; null where it is named as the model
     */
    static String of(URI baseUrl, Options options, String endpoint, @Nullable String deployment) {
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
            return endpoint + query(version);
        }
        if (path.length() > 1) {
            return endpoint + query(version);
        }
        // v1 has no dated versions, only these two words.
        boolean classic =
                options.deployed() || (version != null && !version.equals("preview") && !version.equals("latest"));
        if (!classic) {
            return "/openai/v1" + endpoint + query(version);
        }
        if (!said) {
            throw new IllegalArgumentException(
                    "options.api_version: none (expected: Azure's api-version, as 2024-10-21, for a deployment)");
        }
        String name = deployment == null ? JsonEndpoint.MODEL : WireRequest.segment(deployment);
        return "/openai/deployments/" + name + endpoint + query(version);
    }

    /** Where the Responses API is: no deployment is in its path, also of the classic form. */
    static String responses(URI baseUrl, Options options) {
        String path = baseUrl.getPath() == null ? "" : baseUrl.getPath();
        if (path.contains("/deployments/")) {
            throw new IllegalArgumentException(
                    "LLM_BASE_URL: a deployment's (expected: the resource's, as Azure has no Responses API in deployments)");
        }
        String version = options.apiVersion();
        boolean dated = version != null && !version.equals("preview") && !version.equals("latest");
        String prefix = path.length() > 1 ? "" : dated ? "/openai" : "/openai/v1";
        return prefix + "/responses" + query(version);
    }

    private static String query(@Nullable String version) {
        return version == null ? "" : "?api-version=" + WireRequest.segment(version);
    }
}
