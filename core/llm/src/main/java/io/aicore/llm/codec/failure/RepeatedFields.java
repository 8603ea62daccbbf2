package io.aicore.llm.codec.failure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes the fields that repeat the request from malformed JSON (a Python literal in a message, truncated JSON): the
 * received and the allowed values in a report of invalid fields.
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

    /** End of the value that begins here: a string, an object, a list, or the text before the next comma. */
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

    /** Position of the closing quote of the string that begins here. */
    private static int endOfString(String text, int begin) {
        char quote = text.charAt(begin);
        int at = begin + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }
}
