package io.aicore.llm.codec.failure;

import io.aicore.llm.codec.wire.SafeText;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A phrase of server messages in several forms. A form is a regular expression for lower-case text; parts that match
 * anything (a negated class or {@code \S}, with a bound) are never quoted: they may contain a name, a part of the
 * prompt or a key.
 */
final class MessagePattern {

    private static final Pattern GAP = Pattern.compile("(?:\\[\\^[^\\]]*\\]|\\\\S)(?:\\{[\\d,]+\\}|[+*])");
    private static final int MAX_QUOTE = 60;

    private final Pattern pattern;

    private MessagePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    static MessagePattern of(String... forms) {
        return new MessagePattern(
                Pattern.compile(GAP.matcher(String.join("|", forms)).replaceAll("($0?)")));
    }

    /** These words literally, without gaps. */
    static MessagePattern literally(String... words) {
        return new MessagePattern(
                Pattern.compile(Arrays.stream(words).map(Pattern::quote).collect(Collectors.joining("|"))));
    }

    /** The first match in a text, with dots for gaps; null without one. */
    @Nullable
    String in(String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? quote(text, found) : null;
    }

    private static @Nullable String quote(String text, Matcher found) {
        StringBuilder quote = new StringBuilder();
        int from = found.start();
        for (int gap = 1; gap <= found.groupCount(); gap++) {
            if (found.start(gap) >= from && found.end(gap) <= found.end()) {
                quote.append(text, from, found.start(gap));
                quote.append(found.group(gap).isBlank() ? found.group(gap) : "…");
                from = found.end(gap);
            }
        }
        String words = quote.append(text, from, found.end()).toString();
        return SafeText.code(words.length() > MAX_QUOTE ? words.substring(0, MAX_QUOTE) + "…" : words);
    }

    /** The expression; every gap in it is a separate group. */
    @Override
    public String toString() {
        return pattern.pattern();
    }
}
