package io.aicore.bedrock.auth;

import io.aicore.testserver.RecordedCall;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature Version 4 as AWS's description says it, without AWS's code; checked with AWS's published example. */
public final class SigV4 {

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\\w{64})");

    private SigV4() {}

    /** Whether a request as it came is signed with this secret, for Bedrock in this region. */
    public static boolean isSigned(RecordedCall call, String id, String secret, String region) {
        Matcher said = AUTHORIZATION.matcher(call.header("authorization"));
        if (!said.matches()
                || !said.group(1).equals(id)
                || !said.group(3).equals(region)
                || !said.group(4).equals("bedrock")) {
            return false;
        }
        TreeMap<String, String> headers = new TreeMap<>();
        for (String name : said.group(5).split(";", -1)) {
            headers.put(name, call.header(name));
        }
        // The path is escaped once more: what came as %3A is signed as %253A.
        String path = call.path().replace("%", "%25");
        String expected = signature(
                secret,
                call.header("x-amz-date"),
                region,
                "bedrock",
                call.method(),
                path,
                headers,
                sha256(call.body()));
        return headers.containsKey("host") && expected.equals(said.group(6));
    }

    static String signature(
            String secret,
            String time,
            String region,
            String service,
            String method,
            String path,
            SortedMap<String, String> headers,
            String bodyHash) {
        StringBuilder lines = new StringBuilder();
        headers.forEach((name, value) ->
                lines.append(name).append(':').append(value.strip()).append('\n'));
        String canonical =
                method + "\n" + path + "\n\n" + lines + "\n" + String.join(";", headers.keySet()) + "\n" + bodyHash;
        String day = time.substring(0, 8);
        String scope = day + "/" + region + "/" + service + "/aws4_request";
        String text =
                "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256(canonical.getBytes(StandardCharsets.UTF_8));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String step : new String[] {day, region, service, "aws4_request"}) {
            key = hmac(key, step);
        }
        return HexFormat.of().formatHex(hmac(key, text));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
