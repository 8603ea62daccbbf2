package io.aicore.llm;

import io.aicore.limit.Guard;
import io.aicore.llm.auth.RequestAuthorizer;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An identifier of a credential that does not reveal it; rejections are counted per identifier. */
final class Credential {

    /** The configured key, or no key: one per provider. */
    static final String CONFIGURED = "configured";

    private Credential() {}

    /**
     * An identifier of the configured key, or of none, that is the same in each process: processes that share their
     * knowledge of rate limits agree on it. 48 bits of a hash, so that it may appear in snapshots and metrics.
     */
    static String shared(LlmConfig config) {
        SortedMap<String, String> secrets = new TreeMap<>();
        Secret key = config.apiKey();
        if (key != null) {
            secrets.put("", key.reveal());
        }
        config.headers().forEach((name, value) -> {
            if (Redaction.namesSecret(name)) {
                secrets.put(name.toLowerCase(Locale.ROOT), value);
            }
        });
        return secrets.isEmpty() ? "no key" : "key " + hash("shared", secrets).substring(0, 12);
    }

    /**
     * A hash of the name the authorizer gives its credential, or of the secrets it added to the request.
     *
     * @param before the request before it was authorized
     */
    static String of(RequestAuthorizer by, WireRequest before, WireRequest proven) {
        Optional<String> name = Guard.call("the authorizer", () -> Optional.ofNullable(by.credential(proven)));
        if (name.isPresent()) {
            return hash("named", Map.of("", name.get()));
        }
        SortedMap<String, String> added = added(before, proven);
        SortedMap<String, String> secret = new TreeMap<>(added);
        secret.keySet().removeIf(header -> !Redaction.namesSecret(header));
        if (added.isEmpty()) {
            return CONFIGURED;
        }
        return hash("added", secret.isEmpty() ? added : secret);
    }

    private static SortedMap<String, String> added(WireRequest before, WireRequest proven) {
        SortedMap<String, String> added = new TreeMap<>();
        proven.headers().forEach((name, value) -> {
            if (!value.equals(before.headers().get(name))) {
                added.put(name.toLowerCase(Locale.ROOT), value);
            }
        });
        if (!proven.path().equals(before.path())) {
            secretParameters(proven.path(), added);
        }
        return added;
    }

    private static void secretParameters(String path, Map<String, String> found) {
        int query = path.indexOf('?');
        for (String parameter :
                query < 0 ? new String[0] : path.substring(query + 1).split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && Redaction.namesSecret(parameter.substring(0, equals))) {
                found.put("?" + parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
    }

    private static String hash(String kind, Map<String, String> values) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(kind.getBytes(StandardCharsets.UTF_8));
            values.forEach((name, value) -> {
                // Lengths keep two pairs from reading like one.
                String pair = name.length() + ":" + name + value.length() + ":" + value;
                digest.update(pair.getBytes(StandardCharsets.UTF_8));
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
