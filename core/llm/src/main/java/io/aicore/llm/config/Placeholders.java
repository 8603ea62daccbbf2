package io.aicore.llm.config;

import io.aicore.internal.Check;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>${VAR}</code> and <code>${VAR:-default}</code>, where the default may contain further placeholders;
 * <code>$${</code> is a literal <code>${</code>.
 */
final class Placeholders {

    private static final int DEEPEST = 8;
    private static final Pattern NAME = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-|})");

    private final String where;
    private final String text;
    private final Map<String, String> variables;
    private int at;

    private Placeholders(String where, String text, Map<String, String> variables) {
        this.where = where;
        this.text = text;
        this.variables = variables;
    }

    /**
     * The text with all placeholders replaced; a variable set to an empty value counts as absent.
     *
     * @param where the source for error messages, which show names of variables but nothing else of the text
     */
    static String fill(String where, String text, Map<String, String> variables) {
        return new Placeholders(where, text, variables).until(text.length(), 0);
    }

    /** Reads up to this position, or to the brace that closes the enclosing placeholder. */
    private String until(int end, int depth) {
        StringBuilder filled = new StringBuilder();
        while (at < end) {
            char next = text.charAt(at);
            if (text.startsWith("$${", at)) {
                filled.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                filled.append(placeholder(depth));
            } else if (next == '}' && depth > 0) {
                return filled.toString();
            } else {
                filled.append(next);
                at++;
            }
        }
        if (depth > 0) {
            throw unreadable();
        }
        return filled.toString();
    }

    private String placeholder(int depth) {
        Matcher name = NAME.matcher(text).region(at, text.length());
        if (!name.lookingAt() || depth == DEEPEST) {
            throw unreadable();
        }
        at = name.end();
        @Nullable String otherwise = null;
        if (name.group(2).equals(":-")) {
            // Read in any case, since it says where the placeholder ends; its own variables count only where it does.
            int start = at;
            skip();
            int end = at;
            at = start;
            if (isSet(name.group(1))) {
                at = end;
            } else {
                otherwise = until(text.length(), depth + 1);
            }
            at++;
        }
        if (isSet(name.group(1))) {
            return Objects.requireNonNull(variables.get(name.group(1)));
        }
        if (otherwise == null) {
            throw Check.wrong(
                    where,
                    "${" + name.group(1) + "}",
                    "the variable " + name.group(1) + " set, or ${" + name.group(1) + ":-default}");
        }
        return otherwise;
    }

    /** Skips to the brace that closes this placeholder. */
    private void skip() {
        int open = 1;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                at += 3;
            } else if (text.startsWith("${", at)) {
                open++;
                at += 2;
            } else if (text.charAt(at) == '}' && --open == 0) {
                return;
            } else {
                at++;
            }
        }
        throw unreadable();
    }

    private boolean isSet(String name) {
        @Nullable String value = variables.get(name);
        return value != null && !value.isBlank();
    }

    private IllegalArgumentException unreadable() {
        return Check.wrong(where, "'${'", "${VARIABLE} or ${VARIABLE:-default}, and $${ for ${ itself");
    }
}
