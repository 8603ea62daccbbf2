package io.aicore.llm.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Trusted certificates and client certificate, if the Java runtime's trust store is not enough. The files are read
 * once, when the transport is created.
 *
 * @param trusted PEM certificates that replace the runtime's trust store; null for the runtime's
 * @param certificate PEM chain of the client certificate; null for none
 * @param key PEM private key (PKCS#8, without password) of that certificate
 * @param insecure trusts any certificate of any host: for tests only
 */
public record TlsSettings(
        @Nullable Path trusted,
        @Nullable Path certificate,
        @Nullable Path key,
        boolean insecure) {

    public TlsSettings {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException(
                    "tls: a certificate without key or a key without certificate" + " (expected: both or neither)");
        }
        if (insecure && trusted != null) {
            throw new IllegalArgumentException(
                    "tls: insecure together with trusted certificates (expected: one of them)");
        }
    }

    /** Trusts these certificates (a PEM file), and no others. */
    public static TlsSettings trusting(Path certificates) {
        return new TlsSettings(certificates, null, null, false);
    }

    /** Trusts any server. For tests only: any host on the network path can read the key and the prompts. */
    public static TlsSettings insecureForTests() {
        return new TlsSettings(null, null, null, true);
    }

    /** Returns a copy with this client certificate. */
    public TlsSettings showing(Path certificate, Path key) {
        return new TlsSettings(trusted, certificate, key, insecure);
    }
}
