package io.aicore.llm.config;

import io.aicore.internal.Check;
import java.util.regex.Pattern;

/** Extra request headers: names per RFC 9110, values without line breaks. Values are secrets. */
final class HeaderSyntax {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

    private HeaderSyntax() {}

    static String name(String where, String name) {
        if (!NAME.matcher(name).matches()) {
            throw Check.wrong(where, Check.quoted(name), "a header name");
        }
        return name;
    }

    static String value(String where, String value) {
        if (!VALUE.matcher(value).matches()) {
            throw Check.wrong(where, "REDACTED", "printable ASCII on one line");
        }
        return value.strip();
    }
}
