package io.aicore.anthropic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares a model with generation 4.6, by its name ({@code claude-opus-4-6}, {@code claude-haiku-4-5-20251001},
 * {@code claude-3-7-sonnet-latest}, also within a longer name such as Bedrock's). A Claude without a version counts as
 * the newest; a model that is no Claude, behind a compatible host, is sent all parameters.
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
    private static final int FIRST_WITH_SCHEMAS = 405;
    private static final int UNTOLD = -1;

    static ModelAge of(@Nullable String model) {
        String name = model == null ? "" : model;
        int version = version(name);
        if (version == UNTOLD) {
            return name.contains("claude") ? AFTER_4_6 : GENERATION_4_6;
        }
        return version < TURN ? BEFORE_4_6 : version == TURN ? GENERATION_4_6 : AFTER_4_6;
    }

    /** Whether the model holds answers to a JSON schema: Claude from 4.5 on, and Opus 4.1. */
    static boolean takesSchemas(@Nullable String model) {
        String name = model == null ? "" : model;
        int version = version(name);
        return version == UNTOLD
                ? name.contains("claude")
                : version >= FIRST_WITH_SCHEMAS || name.contains("claude-opus-4-1");
    }

    private static int version(String name) {
        Matcher found = NAME.matcher(name);
        if (!found.find()) {
            return UNTOLD;
        }
        String minor = found.group(2);
        return Integer.parseInt(found.group(1)) * 100 + (minor == null ? 0 : Integer.parseInt(minor));
    }
}
