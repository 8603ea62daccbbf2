package io.aicore.anthropic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a model compares with generation 4.6, told from its name ({@code claude-opus-4-6}, {@code claude-haiku-4-5-20251001},
 * {@code claude-3-7-sonnet-latest}, also within a longer name such as Bedrock's). A Claude that
 * does not tell counts as the newest; a model that is no Claude, behind a compatible host, is sent all that was said.
 */
enum ModelAge {
    /** Thinks by a budget of tokens. */
    BEFORE_4_6,
    /** Thinks adaptively and still takes a temperature. */
    GENERATION_4_6,
    /** Thinks adaptively; any temperature but 1 is refused. */
    AFTER_4_6;

    // Dates have eight digits: a version's parts have one or two.
    private static final Pattern NAME =
            Pattern.compile("claude-(?:[a-z]+-)?(\\d{1,2})(?!\\d)(?:[-.](\\d{1,2})(?!\\d))?");
    private static final int TURN = 406;

    static ModelAge of(@Nullable String model) {
        String name = model == null ? "" : model;
        Matcher found = NAME.matcher(name);
        if (!found.find()) {
            return name.contains("claude") ? AFTER_4_6 : GENERATION_4_6;
        }
        String minor = found.group(2);
        int version = Integer.parseInt(found.group(1)) * 100 + (minor == null ? 0 : Integer.parseInt(minor));
        return version < TURN ? BEFORE_4_6 : version == TURN ? GENERATION_4_6 : AFTER_4_6;
    }
}
