package io.aicore.gemini;

import io.aicore.llm.codec.wire.WireRequest;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go.
 *
 * @param baseUrl the address
 * @param path appended to it, before {@code /models/…}
 */
record Endpoint(URI baseUrl, String path) {

    static final String GEMINI = "gemini";
    static final String VERTEX = "vertex";

    static final String VERTEX_ADDRESS = "https://aiplatform.googleapis.com";
    static final String PUBLIC = "https://generativelanguage.googleapis.com/v1beta";
    // Part of a host's name: anything else could send the token elsewhere.
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}");

    static Endpoint of(String provider, @Nullable URI baseUrl, Map<String, String> options) {
        return provider.equals(VERTEX)
                ? vertex(baseUrl, options)
                : new Endpoint(Objects.requireNonNullElse(baseUrl, URI.create(PUBLIC)), "");
    }

    /** An address with a path is taken as it is; without one, or without an address, the options say the rest. */
    private static Endpoint vertex(@Nullable URI baseUrl, Map<String, String> options) {
        String path = baseUrl == null || baseUrl.getPath() == null ? "" : baseUrl.getPath();
        if (baseUrl != null && path.length() > 1) {
            return new Endpoint(baseUrl, "");
        }
        String project = options.get("project");
        if (project == null || project.isBlank()) {
            throw new IllegalArgumentException(
                    "options.project: none (expected: your Google Cloud project, here or in LLM_OPTION_PROJECT)");
        }
        String location = named("location", options.getOrDefault("location", "global"));
        String version = named("api_version", options.getOrDefault("api_version", "v1"));
        URI address = baseUrl == null ? URI.create("https://" + host(location)) : baseUrl;
        return new Endpoint(
                address,
                "/" + version + "/projects/"
                        + WireRequest.segment(project) + "/locations/"
                        + location + "/publishers/google");
    }

    private static String host(String location) {
        return switch (location) {
            case "global" -> "aiplatform.googleapis.com";
            case "us", "eu" -> "aiplatform." + location + ".rep.googleapis.com";
            default -> location + "-aiplatform.googleapis.com";
        };
    }

    private static String named(String option, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "options." + option + ": '" + value + "' (expected: lower-case letters, digits and '-')");
        }
        return value;
    }
}
