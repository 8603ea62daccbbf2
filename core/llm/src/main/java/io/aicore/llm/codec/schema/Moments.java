package io.aicore.llm.codec.schema;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalQuery;
import java.util.Locale;
import java.util.function.Function;

/**
 * Dates and times with surplus parts, such as a date with a time, or a local time with an offset: surplus parts are
 * dropped. Missing parts are never invented.
 */
final class Moments {

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("HH:mm[:ss]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalStart()
            .optionalStart()
            .appendLiteral(' ')
            .optionalEnd()
            .appendPattern("[XXX][XX][X]")
            .appendPattern("['['VV']']")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private static final DateTimeFormatter ANY = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendOptional(new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd")
                    .optionalStart()
                    .appendPattern("['T'][' ']")
                    .append(TIME)
                    .optionalEnd()
                    .toFormatter(Locale.ROOT))
            .appendOptional(TIME)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Moments() {}

    /** A parser for this type's own format, and for formats with surplus parts. */
    static <T> Function<String, Object> lenient(Function<String, T> own, TemporalQuery<T> kind) {
        return text -> {
            try {
                return own.apply(text);
            } catch (DateTimeException e) {
                return ANY.parse(text, kind);
            }
        };
    }
}
