package io.aicore.llm.codec;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tool names as models write them: with a namespace from their training, special tokens or the call's number. */
public final class ToolNames {

    private static final Pattern NAMESPACE = Pattern.compile("^(functions?|tools?|default_api)[.:/]");
    private static final Pattern NUMBER = Pattern.compile(":\\d+$");
    private static final Pattern REFUSED = Pattern.compile("[^A-Za-z0-9_-]");
    private static final int MAX = 64;
    private static final String UNNAMED = "unnamed";

    private ToolNames() {}

    /** The tool that is meant; null if none. */
    public static @Nullable String meant(String said, Set<String> tools) {
        if (tools.contains(said)) {
            return said;
        }
        int token = said.indexOf('<');
        String words = (token < 0 ? said : said.substring(0, token)).strip();
        String name = NAMESPACE.matcher(words).replaceFirst("");
        for (String candidate : new String[] {words, name, NUMBER.matcher(name).replaceFirst("")}) {
            if (tools.contains(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** An unknown tool's name in a form that providers accept back. */
    public static String acceptable(String said) {
        String name = REFUSED.matcher(said).replaceAll("_");
        return name.isEmpty() ? UNNAMED : name.substring(0, Math.min(name.length(), MAX));
    }
}
