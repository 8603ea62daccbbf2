package io.aicore.mistral;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** Ids of tool calls: the API takes nine letters or digits and nothing else. */
final class CallIds {

    private static final int LENGTH = 9;
    private static final Pattern OWN = Pattern.compile("[A-Za-z0-9]{" + LENGTH + "}");
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private CallIds() {}

    /** This id, or the one that always stands for it: a call and its result must agree, in every request. */
    static String of(String id) {
        if (OWN.matcher(id).matches()) {
            return id;
        }
        long rest = ByteBuffer.wrap(hash(id)).getLong() & Long.MAX_VALUE;
        StringBuilder own = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            own.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
            rest /= ALPHABET.length();
        }
        return own.toString();
    }

    private static byte[] hash(String id) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
