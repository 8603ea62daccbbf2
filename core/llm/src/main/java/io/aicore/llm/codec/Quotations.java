package io.aicore.llm.codec;

import java.util.regex.Pattern;

/**
 * Takes out of a refusal of the request's form what it repeats of the request: "Invalid value: 'my balance is too low'" is
 * about a field, whatever the field says. Only quotations of several words, and only where the words before them say that a
 * value is quoted: names of models and fields stay, and so do messages of other servers.
 */
final class Quotations {

    private static final Pattern ECHO =
            Pattern.compile("(\\b(?:invalid|unexpected|unsupported|value|got|received|given|input)\\b[^'\"`{}\\n]{0,40}"
                    + "(?:'[^'\\s]{1,80}'[^'\"`{}\\n]{0,10})?[:=]? ?)"
                    + "(?:'(?=[^'\\n]{0,200} )[^'\\n]{1,2000}'|\"(?=[^\"\\n]{0,200} )[^\"\\n]{1,2000}\""
                    + "|`(?=[^`\\n]{0,200} )[^`\\n]{1,2000}`)(?=$|[\\s.,;:)\\]])");

    private Quotations() {}

    static String removed(String text) {
        return ECHO.matcher(text).replaceAll("$1…");
    }
}
