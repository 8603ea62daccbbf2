package io.aicore.llm.codec;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * Converts ids of tool calls to the form that a protocol accepts. A conversation may have begun with another provider,
 * whose ids have other characters or are longer. A valid id is unchanged; any other is mapped to the same id each time,
 * so that a call and its result match in every request. If characters are lost, a hash keeps ids distinct.
 */
public final class CallIds {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
    private static final int HASH = 16;

    /** Accepts every id. */
    public static final CallIds ANY = upTo(Integer.MAX_VALUE);

    private final Pattern taken;
    private final Pattern lost;
    private final int words;
    private final int hash;

    private CallIds(String character, int least, int most, boolean hashAlone) {
        this.taken = Pattern.compile(character + "{" + least + "," + most + "}", Pattern.DOTALL);
        this.lost = Pattern.compile("[^A-Za-z0-9_-]");
        this.hash = hashAlone ? most : HASH;
        this.words = hashAlone ? 0 : most - HASH - 1;
    }

    /** Accepts letters, digits, {@code _} and {@code -}, at most this many. */
    public static CallIds words(int most) {
        return new CallIds("[A-Za-z0-9_-]", 1, atLeast(HASH + 2, most), false);
    }

    /** Accepts any characters, at most this many. */
    public static CallIds upTo(int most) {
        return new CallIds(".", 1, atLeast(HASH + 2, most), false);
    }

    /** Accepts letters and digits, exactly this many. */
    public static CallIds exactly(int length) {
        return new CallIds("[A-Za-z0-9]", length, length, true);
    }

    /** Returns this id, or the id it is always mapped to. */
    public String of(String id) {
        if (taken.matcher(id).matches()) {
            return id;
        }
        String readable = lost.matcher(id).replaceAll("_");
        String kept = readable.substring(0, Math.min(readable.length(), words));
        return words == 0 ? hash(id) : kept + "_" + hash(id);
    }

    private String hash(String id) {
        BigInteger rest = new BigInteger(1, digest(id));
        StringBuilder text = new StringBuilder(hash);
        for (int i = 0; i < hash; i++) {
            text.append(ALPHABET.charAt(rest.mod(BASE).intValue()));
            rest = rest.divide(BASE);
        }
        return text.toString();
    }

    private static byte[] digest(String id) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static int atLeast(int least, int most) {
        if (most < least) {
            throw new IllegalArgumentException("length of call ids: " + most + " (expected: >= " + least + ")");
        }
        return most;
    }
}
