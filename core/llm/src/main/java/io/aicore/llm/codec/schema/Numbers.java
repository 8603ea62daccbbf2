package io.aicore.llm.codec.schema;

import io.aicore.llm.codec.json.JsonFields;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON numbers, also in strings, as Java types; null if a number does not fit; whole numbers are never rounded. */
final class Numbers {

    // A number of a few characters, 1e999999999, would fill the memory when written out.
    private static final int MOST_DIGITS = 1_000;

    // As in JSON: the comma in 1,234 is ambiguous.
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,1000}(\\.\\d{1,1000})?([eE][+-]?\\d{1,9})?");

    private Numbers() {}

    static @Nullable Long whole(JsonFields node, long least, long most) {
        BigInteger value = whole(node);
        if (value == null
                || value.compareTo(BigInteger.valueOf(least)) < 0
                || value.compareTo(BigInteger.valueOf(most)) > 0) {
            return null;
        }
        return value.longValueExact();
    }

    /** Accepts 3.0 as a whole number. */
    static @Nullable BigInteger whole(JsonFields node) {
        BigDecimal value = decimal(node);
        if (value == null || value.signum() == 0) {
            return value == null ? null : BigInteger.ZERO;
        }
        BigDecimal bare = value.stripTrailingZeros();
        return bare.scale() > 0 || (long) bare.precision() - bare.scale() > MOST_DIGITS ? null : bare.toBigInteger();
    }

    static @Nullable Double fraction(JsonFields node) {
        BigDecimal value = decimal(node);
        double number = value == null ? Double.NaN : value.doubleValue();
        return Double.isFinite(number) ? Double.valueOf(number) : null;
    }

    static @Nullable BigDecimal decimal(JsonFields node) {
        if (node.isString()) {
            String text = node.text().strip();
            return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
        }
        Number number = node.number();
        if (number == null) {
            return null;
        }
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            return Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
        }
        return BigDecimal.valueOf(number.longValue());
    }
}
