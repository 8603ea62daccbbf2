package io.aicore.internal;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decimal numbers of bounded length and exponent: arithmetic with 1e999999999 would never end. */
public final class Numbers {

    private static final Pattern FORM =
            Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,4})?");

    private Numbers() {}

    /** Null for a text that is no number. */
    public static @Nullable BigDecimal parse(String text) {
        return FORM.matcher(text).matches() ? new BigDecimal(text) : null;
    }
}
