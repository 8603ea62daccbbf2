package io.aicore.testkit;

import java.util.Collection;

/** JSON for a {@link ProviderFixture}, written with strings: not by the code under test, and in the order that the host has. */
public final class ReplyWriter {

    private ReplyWriter() {}

    /** This text as a JSON string. Characters beyond ASCII stay as they are. */
    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** An object of these members, each as {@code "name":value}. */
    public static String object(Collection<String> members) {
        return "{" + String.join(",", members) + "}";
    }

    /** An array of these values. */
    public static String array(Collection<String> values) {
        return "[" + String.join(",", values) + "]";
    }
}
