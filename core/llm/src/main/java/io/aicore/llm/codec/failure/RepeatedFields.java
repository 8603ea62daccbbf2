package io.aicore.llm.codec.failure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of what is not quite JSON (a Python literal in a message, JSON that was cut) the fields that repeat the request:
 * where a report of wrong fields quotes what it got, and what would have been allowed.
 */
final class RepeatedFields {

    private static final Pattern NAME = Pattern.compile("(['\"])([\\w-]{1,40})\\1\\s{0,10}:\\s{0,10}");
    private static final String CHOICES = "choices";

    private RepeatedFields() {}

    static String removed(String text) {
        Matcher name = NAME.matcher(text);
        StringBuilder kept = new StringBuilder(text.length());
        int from = 0;
        while (name.find()) {
            String word = ErrorBody.word(name.group(2));
            if (name.start() >= from && FieldNames.SKIPPED.contains(word) && !word.equals(CHOICES)) {
                kept.append(text, from, name.end());
                from = endOfValue(text, name.end());
            }
        }
        return from == 0 ? text : kept.append(text, from, text.length()).toString();
    }

    /** Behind the value that begins here: a string, an object, a list, or what stands before the next comma. */
    private static int endOfValue(String text, int begin) {
        int depth = 0;
        for (int at = begin; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '\'', '"' -> at = endOfString(text, at);
                case '{', '[', '(' -> depth++;
                case '}', ']', ')' -> {
                    if (--depth < 0) {
                        return at;
                    }
                }
                case ',' -> {
                    if (depth == 0) {
                        return at;
                    }
                }
                default -> {}
            }
        }
        return text.length();
    }

    /** Where the string that begins here has its last quote. */
    private static int endOfString(String text, int begin) {
        char quote = text.charAt(begin);
        int at = begin + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }
}
