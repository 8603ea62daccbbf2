package io.aicore.examples.script;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of code in the README: {@code <!-- snippet: file -->}, or {@code file#name} where the file marks several
 * regions, and below it a {@code java} block. In the file, {@code // README: name} and {@code // README end} mark it.
 */
record Snippet(String file, String name, String code) {

    private static final Pattern COMMENT = Pattern.compile("<!-- snippet: ([^#\\s]+)(?:#(\\S+))? -->");
    private static final Pattern BLOCK = Pattern.compile("\\s*```java\\n(.*?)\\n```", Pattern.DOTALL);

    static List<Snippet> in(String readme) {
        List<Snippet> snippets = new ArrayList<>();
        Matcher comment = COMMENT.matcher(readme);
        Matcher block = BLOCK.matcher(readme);
        while (comment.find()) {
            if (!block.region(comment.end(), readme.length()).lookingAt()) {
                throw new IllegalStateException(comment.group() + " (expected: a java block below it)");
            }
            snippets.add(new Snippet(comment.group(1), comment.group(2), block.group(1)));
        }
        return snippets;
    }

    /** The marked region of this name, or the first; stripped of the indentation it has as a whole. */
    static String region(String source, String name) {
        String wanted = name == null ? "\\S+" : Pattern.quote(name);
        Matcher region = Pattern.compile("// README: " + wanted + "\\n(.*?)[ ]*// README end", Pattern.DOTALL)
                .matcher(source);
        if (!region.find()) {
            throw new IllegalStateException("no '// README: " + wanted + "' to '// README end' in the file");
        }
        return region.group(1).stripTrailing().stripIndent();
    }

    String title() {
        return name == null ? file : file + "#" + name;
    }
}
