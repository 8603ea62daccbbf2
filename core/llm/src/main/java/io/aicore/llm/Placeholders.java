package io.aicore.llm;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces <code>${VAR}</code> and <code>${VAR:-default}</code>; <code>$${</code> stands for <code>${</code>. */
final class Placeholders {

    private static final Pattern FORM =
            Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}|\\$\\{");

    private Placeholders() {}

    /**
     * The text with all values in it; a variable that is set to nothing counts as not set.
     *
     * @param where names the place in complaints, which show names of variables and nothing else of the text
     */
    static String fill(String where, String text, Map<String, String> variables) {
        Matcher matcher = FORM.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value(where, matcher, variables)));
        }
        return matcher.appendTail(filled).toString();
    }

    private static String value(String where, Matcher matcher, Map<String, String> variables) {
        if (matcher.group().equals("$${")) {
            return "${";
        }
        @Nullable String name = matcher.group(1);
        if (name == null) {
            throw Complaint.wrong(where, "'${'", "${VARIABLE} or ${VARIABLE:-default}, and $${ for ${ itself");
        }
        @Nullable String value = variables.get(name);
        if (value != null && !value.isBlank()) {
            return value;
        }
        @Nullable String otherwise = matcher.group(2);
        if (otherwise == null) {
            throw Complaint.wrong(
                    where, "${" + name + "}", "the variable " + name + " set, or ${" + name + ":-default}");
        }
        return otherwise;
    }
}
