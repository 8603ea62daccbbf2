package io.aicore.examples.load;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;

/** A key and a certificate that nobody signed, made by the JDK's {@code keytool}; nothing is left on the disk. */
final class SelfSigned {

    private final TemporaryDirectory directory;
    private final Path file;
    private final String password = UUID.randomUUID().toString();

    private SelfSigned(TemporaryDirectory directory) {
        this.directory = directory;
        this.file = directory.path().resolve("keys.p12");
    }

    static SslContext forServer() throws IOException, GeneralSecurityException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.named("aicore-provider")) {
            SelfSigned made = new SelfSigned(directory);
            made.make();
            return made.context();
        }
    }

    private void make() throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(keytool, "-keystore", file.toString()));
        command.addAll(List.of(("-genkeypair -alias server -keyalg EC -groupname secp256r1 -dname CN=localhost"
                        + " -ext san=ip:127.0.0.1 -validity 2 -storetype PKCS12 -storepass " + password)
                .split(" ")));
        Path said = directory.path().resolve("keytool.log");
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("keytool ended with " + exit + ": " + Files.readString(said));
        }
    }

    private SslContext context() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, password.toCharArray());
        }
        KeyManagerFactory manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        manager.init(keys, password.toCharArray());
        return SslContextBuilder.forServer(manager).build();
    }
}
