package io.aicore.llm.codec.failure;

import java.util.regex.Pattern;

/**
 * Removes from a rejected request's message what it repeats of the request, and the allowed values that it lists:
 * "Invalid value: 'my balance is too low'" is about a field, whatever its content, and so is "expected one of 'text',
 * 'safety_check'". A quotation that is not announced as a value is removed only if it has several words: names of
 * models and fields stay, and so do messages of other servers.
 */
final class Quotations {

    private static final Pattern ECHO =
            Pattern.compile("(\\b(?:invalid|unexpected|unsupported|value|got|received|given|input)\\b[^'\"`{}\\n]{0,40}"
                    + "(?:'[^'\\s]{1,80}'[^'\"`{}\\n]{0,10})?[:=]? ?)"
                    + "(?:'(?=[^'\\n]{0,200} )[^'\\n]{1,2000}'|\"(?=[^\"\\n]{0,200} )[^\"\\n]{1,2000}\""
                    + "|`(?=[^`\\n]{0,200} )[^`\\n]{1,2000}`)(?=$|[\\s.,;:)\\]])");

    // pydantic's own text: "[type=literal_error, input_value='…', input_type=str]".
    private static final Pattern INPUT = Pattern.compile("(\\binput_value=)[^\\n]{0,4000}?(?=, input_type=|$)");

    private static final String QUOTED = "(?:'[^'\\n]{0,80}'|\"[^\"\\n]{0,80}\"|`[^`\\n]{0,80}`)";
    private static final String BETWEEN = "(?: ?[,|/] ?(?:or |and )?| (?:or|and) )";

    // pydantic of both versions, OpenAI, serde, zod, Jackson, JSON Schema, Go's validator.
    private static final Pattern ALLOWED =
            Pattern.compile("(\\b(?:(?:should|must|has to) be|one of|expected|permitted|expected tags"
                    + "|(?:allowed|supported|valid|accepted|possible|available|permitted)"
                    + " (?:values?|types?|options?|tags?|roles?|fields?|parameters?)(?: (?:is|are|for [^:\\n]{1,40}))?"
                    + "|values accepted for enum class)"
                    + "(?: (?:one|any|either|equal to|one of|any of|the (?:allowed|following)(?: values)?))*[:=]? ?)"
                    + "(?:[\\[({]? ?" + QUOTED + "(?:" + BETWEEN + QUOTED + "){0,200}+"
                    + "|[\\[({][^\\])}\\n]{0,4000}[\\])}])");

    // The same without quotes: "must be one of: text, image or file".
    private static final Pattern LISTED =
            Pattern.compile("(\\b(?:one of|any of|(?:allowed|supported|valid|accepted|possible|permitted)"
                    + " (?:values|types|options|tags|roles)(?: are)?):? ?)"
                    + "[\\w./-]{1,60}(?:" + BETWEEN + "[\\w./-]{1,60}){1,200}+");

    // "body.messages.0.content", "tools[0].type", "body -> tools -> 0 -> type".
    private static final Pattern PLACE =
            Pattern.compile("\\b[a-z_]\\w{0,60}(?:\\.[a-z_]\\w{0,60}){0,20}(?:\\.\\d{1,6}|\\[\\d{1,6}])"
                    + "(?:\\.\\w{1,60}|\\[\\w{1,60}]){1,20}|\\b\\w{1,60}(?: -> \\w{1,60}){1,20}");

    private Quotations() {}

    static String removed(String text) {
        String plain = INPUT.matcher(text).replaceAll("$1…");
        plain = ECHO.matcher(plain).replaceAll("$1…");
        plain = ALLOWED.matcher(plain).replaceAll("$1…");
        plain = LISTED.matcher(plain).replaceAll("$1…");
        return PLACE.matcher(plain).replaceAll("…");
    }
}
