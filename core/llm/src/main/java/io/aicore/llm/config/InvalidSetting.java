package io.aicore.llm.config;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;

/** Builds the error of an invalid setting: {@code LLM_MAX_RETRIES: 'abc' (expected: a whole number >= 0)}. */
public final class InvalidSetting {

    private static final int LONGEST = 60;
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]{1,40}");

    private InvalidSetting() {}

    public static IllegalArgumentException wrong(String where, String shown, String expected) {
        return new IllegalArgumentException(where + ": " + shown + " (expected: " + expected + ")");
    }

    /**
     * @param advice the suggested name, from {@link FamiliarNames}
     */
    static IllegalArgumentException unknown(String where, String name, String advice) {
        return new IllegalArgumentException(where + name + ": unknown (" + advice + ")");
    }

    /** The address without user, query and fragment. */
    public static String bare(URI address) {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort())
                + Objects.requireNonNullElse(address.getRawPath(), "");
    }

    /** The value on one line, shortened; in quotes unless it is a number. */
    public static String quoted(String value) {
        if (NUMBER.matcher(value).matches()) {
            return value;
        }
        String shown = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
