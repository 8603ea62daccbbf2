package io.aicore.google;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service account's key, which signs what a token is asked for with (RFC 7523). */
final class ServiceAccount {

    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final URI PUBLIC = URI.create("https://oauth2.googleapis.com/token");
    private static final Duration LIFE = Duration.ofHours(1);

    private final String email;
    private final @Nullable String keyId;
    private final PrivateKey key;
    private final URI endpoint;

    private ServiceAccount(String email, @Nullable String keyId, PrivateKey key, URI endpoint) {
        this.email = email;
        this.keyId = keyId;
        this.key = key;
        this.endpoint = endpoint;
    }

    static ServiceAccount read(String json) {
        JsonFields tree;
        try {
            tree = Json.read(json);
        } catch (MalformedJsonException e) {
            throw wrong("no JSON");
        }
        String email = tree.string("client_email");
        String pem = tree.string("private_key");
        if (email == null || pem == null) {
            throw wrong("without client_email or private_key");
        }
        String endpoint = tree.string("token_uri");
        return new ServiceAccount(
                email, tree.string("private_key_id"), key(pem), endpoint == null ? PUBLIC : URI.create(endpoint));
    }

    private static PrivateKey key(String pem) {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without its cause, which may show parts of the key.
            throw wrong("with a private_key that is no RSA key in PKCS #8");
        }
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(
                "serviceAccount: " + what + " (expected: a service account's key file from Google Cloud)");
    }

    /** Where the token endpoint is, without its path. */
    URI origin() {
        return endpoint.resolve("/");
    }

    /** Asks for a token. */
    WireRequest request(Instant now) {
        String form = "grant_type=" + URLEncoder.encode(GRANT, UTF_8) + "&assertion=" + assertion(now);
        return WireRequest.post(
                endpoint.getRawPath(),
                Map.of("content-type", "application/x-www-form-urlencoded", "accept", "application/json"),
                form.getBytes(UTF_8));
    }

    private String assertion(Instant now) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "RS256");
        header.put("typ", "JWT");
        if (keyId != null) {
            header.put("kid", keyId);
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", email);
        claims.put("scope", SCOPE);
        claims.put("aud", endpoint.toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        String signed = base64(Json.write(header)) + "." + base64(Json.write(claims));
        return signed + "." + base64(signature(signed.getBytes(UTF_8)));
    }

    private byte[] signature(byte[] text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot sign with RSA and SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "ServiceAccount[" + email + "]";
    }
}
