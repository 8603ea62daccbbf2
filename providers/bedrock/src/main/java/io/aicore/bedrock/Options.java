package io.aicore.bedrock;

import io.aicore.bedrock.auth.AwsCredentials;
import io.aicore.llm.codec.ThinkBlocks;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of the configuration.
 *
 * @param region null if not set
 * @param credentials null if not set
 */
record Options(@Nullable String region, @Nullable AwsCredentials credentials) {

    private static final String REGION = "region";
    private static final String ID = "access_key_id";
    private static final String SECRET = "secret_access_key";
    private static final String TOKEN = "session_token";
    static final String[] NAMES = {REGION, ID, SECRET, TOKEN, ThinkBlocks.OPTION};
    private static final Pattern REGION_FORM = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");

    /** AWS's own variables; credentials of one place are not mixed with those of another. */
    static List<Map<String, List<String>>> variables() {
        return List.of(
                Map.of(REGION, List.of("AWS_REGION", "AWS_DEFAULT_REGION")),
                Map.of(
                        ID, List.of("AWS_ACCESS_KEY_ID"),
                        SECRET, List.of("AWS_SECRET_ACCESS_KEY"),
                        TOKEN, List.of("AWS_SESSION_TOKEN")));
    }

    static Options of(Map<String, String> options) {
        String region = options.get(REGION);
        if (region != null && !REGION_FORM.matcher(region).matches()) {
            throw new IllegalArgumentException(
                    "options.region: '" + region + "' (expected: a region, as eu-central-1)");
        }
        return new Options(region, credentials(options));
    }

    private static @Nullable AwsCredentials credentials(Map<String, String> options) {
        if (!options.containsKey(ID) && !options.containsKey(SECRET) && !options.containsKey(TOKEN)) {
            return null;
        }
        String id = required(options, ID, "AWS_ACCESS_KEY_ID");
        String secret = required(options, SECRET, "AWS_SECRET_ACCESS_KEY");
        String token = options.get(TOKEN);
        try {
            return token == null ? AwsCredentials.of(id, secret) : AwsCredentials.of(id, secret, token, Instant.MAX);
        } catch (IllegalArgumentException e) {
            // Without the cause, which names the value by another name; none of them is ever shown.
            throw new IllegalArgumentException(
                    "options.access_key_id, options.secret_access_key, options.session_token:"
                            + " REDACTED (expected: printable ASCII without spaces)");
        }
    }

    private static String required(Map<String, String> options, String name, String variable) {
        String value = options.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("options." + name + " (or " + variable
                    + "): none (expected: all of access_key_id, secret_access_key and, if temporary, session_token)");
        }
        return value;
    }

    /** The region; IllegalArgumentException if it is not set. */
    String requiredRegion() {
        if (region == null) {
            throw new IllegalArgumentException(
                    "options.region: none (expected: a region, as eu-central-1, here or in AWS_REGION)");
        }
        return region;
    }

    /** The region's own address. */
    URI address() {
        String domain = requiredRegion().startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        return URI.create("https://bedrock-runtime." + region + "." + domain);
    }

    @Override
    public String toString() {
        return "Options[" + region + "]";
    }
}
