package io.aicore.bedrock.auth;

import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.config.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** AWS's signer for Bedrock, in one region. */
record Signature(String region, Clock clock) {

    private static final String SERVICE = "bedrock";
    private static final String CREDENTIAL = "Credential=";
    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");
    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    static {
        // Loads the classes and algorithms, which reads files, before an event loop would do it.
        sign(
                WireRequest.post("/", Map.of(), new byte[0]),
                URI.create("https://localhost/"),
                AwsCredentials.of("id", "secret", "token", Instant.MAX),
                "us-east-1",
                Clock.systemUTC());
    }

    Signature {
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("region: '" + region + "' (expected: a region, as eu-central-1)");
        }
    }

    /** The request with its signature, which holds all of its headers. */
    WireRequest of(WireRequest request, URI address, AwsCredentials credentials) {
        SignedRequest signed = sign(request, address, credentials, region, clock);
        WireRequest proven = request;
        for (Map.Entry<String, List<String>> header : signed.request().headers().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            // The transport writes the host itself, from the same address.
            if (!name.equals("host") && !header.getValue().isEmpty()) {
                proven = proven.header(name, header.getValue().get(0));
            }
        }
        return proven;
    }

    /** The access key id that signed this request; null without a signature. */
    static @Nullable String accessKeyId(WireRequest signed) {
        String authorization = signed.headers().getOrDefault("authorization", "");
        int begin = authorization.indexOf(CREDENTIAL);
        int end = authorization.indexOf('/', begin + CREDENTIAL.length());
        return begin < 0 || end < 0 ? null : authorization.substring(begin + CREDENTIAL.length(), end);
    }

    private static SignedRequest sign(
            WireRequest request, URI address, AwsCredentials credentials, String region, Clock clock) {
        SdkHttpRequest.Builder unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                .uri(address);
        request.headers().forEach(unsigned::putHeader);
        return SIGNER.sign(signing -> signing.identity(identity(credentials))
                .request(unsigned.build())
                .payload(ContentStreamProvider.fromByteArrayUnsafe(request.body()))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock));
    }

    private static AwsCredentialsIdentity identity(AwsCredentials credentials) {
        String secret = credentials.secretAccessKey().reveal();
        Secret token = credentials.sessionToken();
        return token == null
                ? AwsCredentialsIdentity.create(credentials.accessKeyId(), secret)
                : AwsSessionCredentialsIdentity.create(credentials.accessKeyId(), secret, token.reveal());
    }
}
