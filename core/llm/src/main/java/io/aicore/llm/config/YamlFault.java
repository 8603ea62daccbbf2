package io.aicore.llm.config;

import io.aicore.internal.Check;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Locates YAML errors. A parser reports some of them lines later, so the most common ones are searched for first. Shows
 * nothing of the file, because it may contain secrets.
 */
final class YamlFault {

    private static final Pattern TAB = Pattern.compile(" *\\t.*");
    private static final Pattern NO_SPACE = Pattern.compile(" *[A-Za-z_][A-Za-z0-9_-]*:[^\\s/].*");

    private YamlFault() {}

    /** The error of a file in which the parser stopped at this place. */
    static IllegalArgumentException of(String file, String yaml, String place) {
        @Nullable IllegalArgumentException known = known(file, yaml);
        return known != null
                ? known
                : new IllegalArgumentException(
                        file + ": " + place
                                + ": not YAML (expected: keys with values; a value with ${…} in braces or with ': ' needs quotes)");
    }

    /** The error of the first line with a known fault; null if there is none. */
    static @Nullable IllegalArgumentException known(String file, String yaml) {
        String[] lines = yaml.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            if (TAB.matcher(lines[i]).matches()) {
                return Check.wrong(file + ": line " + (i + 1), "a tab", "spaces before a key");
            }
            if (NO_SPACE.matcher(lines[i]).matches()) {
                return Check.wrong(file + ": line " + (i + 1), "no space behind the colon", "key: value");
            }
        }
        return null;
    }
}
