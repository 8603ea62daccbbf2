package io.aicore.llm.codec.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parses delays in the notations that providers use. Null is "no usable delay": unreadable, zero, negative, NaN, or
 * more than {@value #MAX_DAYS} days. Fractions of a millisecond are rounded up.
 */
public final class Delays {

    private static final int MAX_DAYS = 366;
    private static final double MAX_MILLIS = MAX_DAYS * 86_400_000d;
    // A bare number from here on is an instant: 1e9 seconds are 31 years, or 2001; 1e12 ms likewise.
    private static final double EPOCH_SECONDS = 1e9;
    private static final double EPOCH_MILLIS = 1e12;

    private static final Map<String, Double> UNITS = Map.ofEntries(
            Map.entry("ns", 1e-6),
            Map.entry("us", 1e-3),
            Map.entry("µs", 1e-3),
            Map.entry("ms", 1d),
            Map.entry("msec", 1d),
            Map.entry("msecs", 1d),
            Map.entry("millisecond", 1d),
            Map.entry("milliseconds", 1d),
            Map.entry("毫秒", 1d),
            Map.entry("s", 1e3),
            Map.entry("sec", 1e3),
            Map.entry("secs", 1e3),
            Map.entry("second", 1e3),
            Map.entry("seconds", 1e3),
            Map.entry("秒", 1e3),
            Map.entry("秒钟", 1e3),
            Map.entry("초", 1e3),
            Map.entry("分", 6e4),
            Map.entry("분", 6e4),
            Map.entry("시간", 3.6e6),
            Map.entry("時間", 3.6e6),
            Map.entry("m", 6e4),
            Map.entry("min", 6e4),
            Map.entry("mins", 6e4),
            Map.entry("minute", 6e4),
            Map.entry("minutes", 6e4),
            Map.entry("分钟", 6e4),
            Map.entry("h", 3.6e6),
            Map.entry("hr", 3.6e6),
            Map.entry("hrs", 3.6e6),
            Map.entry("hour", 3.6e6),
            Map.entry("hours", 3.6e6),
            Map.entry("小时", 3.6e6),
            Map.entry("d", 8.64e7),
            Map.entry("day", 8.64e7),
            Map.entry("days", 8.64e7),
            Map.entry("天", 8.64e7),
            // German, French, Spanish, Portuguese, Italian, Russian.
            Map.entry("sekunde", 1e3),
            Map.entry("sekunden", 1e3),
            Map.entry("seconde", 1e3),
            Map.entry("secondes", 1e3),
            Map.entry("segundo", 1e3),
            Map.entry("segundos", 1e3),
            Map.entry("secondi", 1e3),
            Map.entry("сек", 1e3),
            Map.entry("секунд", 1e3),
            Map.entry("секунду", 1e3),
            Map.entry("секунды", 1e3),
            Map.entry("minuten", 6e4),
            Map.entry("minuto", 6e4),
            Map.entry("minutos", 6e4),
            Map.entry("minuti", 6e4),
            Map.entry("мин", 6e4),
            Map.entry("минут", 6e4),
            Map.entry("минуту", 6e4),
            Map.entry("минуты", 6e4),
            Map.entry("stunde", 3.6e6),
            Map.entry("stunden", 3.6e6),
            Map.entry("heure", 3.6e6),
            Map.entry("heures", 3.6e6),
            Map.entry("hora", 3.6e6),
            Map.entry("horas", 3.6e6),
            Map.entry("ore", 3.6e6),
            Map.entry("час", 3.6e6),
            Map.entry("часа", 3.6e6),
            Map.entry("часов", 3.6e6));

    static final String AMOUNT = "\\d{1,15}(?:\\.\\d{1,20})?";
    // The longest first, and no letter after it: "m" is no minute in "msec", nor in "messages".
    static final String UNIT = UNITS.keySet().stream()
                    .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                    .collect(Collectors.joining("|", "(?:", ")"))
            + "(?![a-zа-я])";
    /** "7m12.5s", "1 hour 3 minutes", "20 seconds". */
    public static final String SPAN =
            AMOUNT + "\\s?" + UNIT + "(?:(?:,|\\s|and|und|et|y|и){0,5}" + AMOUNT + "\\s?" + UNIT + "){0,4}";
    /** .NET's "2.04:35:12", or "04:35:12". */
    public static final String CLOCK = "(?:\\d{1,3}\\.)?\\d{1,2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?";
    /** An instant with its zone; one without a zone may be hours off and is not parsed. */
    public static final String INSTANT =
            "\\d{4}-\\d{2}-\\d{2}(?:t| | at )\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?\\s?(?:z|utc|gmt|[+-]\\d{2}:?\\d{2})";

    // RFC 9110, 5.6.7: the older forms of a date, which a recipient must read too.
    private static final List<DateTimeFormatter> OBSOLETE_DATES = List.of(
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH));

    // Those of other years have milliseconds that are no long, or nearly so.
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final int SHORTEST_INSTANT = "2026-01-01T00:00Z".length();

    // HTTP says GMT; some hosts write UTC.
    private static final Pattern UTC_AT_END = Pattern.compile("UTC$", Pattern.CASE_INSENSITIVE);

    private static final Pattern NUMBER = Pattern.compile("[+-]?" + AMOUNT + "(?:e[+-]?\\d{1,3})?");
    private static final Pattern PART = Pattern.compile("(" + AMOUNT + ")\\s?(" + UNIT + ")");
    private static final Pattern WHOLE_SPAN = Pattern.compile(SPAN);
    private static final Pattern WHOLE_CLOCK =
            Pattern.compile("(?:(\\d{1,3})\\.)?(\\d{1,2}):(\\d{2}):(\\d{2}(?:\\.\\d{1,9})?)");

    private Delays() {}

    /** A delay of this many milliseconds. */
    public static @Nullable Duration millis(double millis) {
        if (!(millis > 0) || millis > MAX_MILLIS) {
            return null;
        }
        // 1.1 * 1000 is 1100.0000000000001: what is a rounding error of the notation is not a further millisecond.
        long whole = (long) Math.ceil(millis - 1e-6);
        return whole > 0 ? Duration.ofMillis(whole) : null;
    }

    /** A number of units of this many milliseconds. */
    public static @Nullable Duration number(String text, double unitMillis) {
        String stripped = text.strip().toLowerCase(Locale.ROOT);
        return NUMBER.matcher(stripped).matches() ? millis(Double.parseDouble(stripped) * unitMillis) : null;
    }

    /** A span in words or in Go's notation, or a clock's notation. */
    public static @Nullable Duration span(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        Matcher clock = WHOLE_CLOCK.matcher(lower);
        if (clock.matches()) {
            double days = clock.group(1) == null ? 0 : Double.parseDouble(clock.group(1));
            return millis(days * 8.64e7
                    + Double.parseDouble(clock.group(2)) * 3.6e6
                    + Double.parseDouble(clock.group(3)) * 6e4
                    + Double.parseDouble(clock.group(4)) * 1e3);
        }
        if (!WHOLE_SPAN.matcher(lower).matches()) {
            return null;
        }
        double sum = 0;
        Matcher part = PART.matcher(lower);
        while (part.find()) {
            sum += Double.parseDouble(part.group(1)) * UNITS.getOrDefault(part.group(2), 0d);
        }
        return millis(sum);
    }

    /** The value of retry-after headers and fields: seconds, a span, or an instant. */
    public static @Nullable Duration secondsOrInstant(String text, Instant now) {
        Duration seconds = number(text, 1e3);
        Duration span = seconds != null ? seconds : span(text);
        return span != null ? span : until(text, now);
    }

    /** From now until an instant: an HTTP date, or ISO 8601 with a zone. */
    public static @Nullable Duration until(String text, Instant now) {
        Instant instant = instant(text);
        Duration left = instant == null ? Duration.ZERO : Duration.between(now, instant);
        // Some hosts say 9999-12-31 for never: the nanoseconds until then are no long.
        return left.isNegative() || left.toDays() > MAX_DAYS ? null : millis(left.toNanos() / 1e6);
    }

    /** The reset value of rate-limit headers: a Go duration, seconds, an epoch, or an instant. */
    public static @Nullable Duration reset(String text, Instant now) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (NUMBER.matcher(lower).matches()) {
            double value = Double.parseDouble(lower);
            if (value >= EPOCH_MILLIS) {
                return millis(value - now.toEpochMilli());
            }
            return value >= EPOCH_SECONDS ? millis(value * 1e3 - now.toEpochMilli()) : millis(value * 1e3);
        }
        Duration span = span(lower);
        return span != null ? span : until(text, now);
    }

    /** The instant of an HTTP date, or of ISO 8601 with a zone; null if it is neither, or its year has not four digits. */
    public static @Nullable Instant instant(String text) {
        // Parsers refuse by exceptions, and headers of every response come here.
        Instant instant = text.length() < SHORTEST_INSTANT ? null : parsed(text.strip());
        return instant == null || instant.isBefore(EARLIEST) || instant.isAfter(LATEST) ? null : instant;
    }

    private static @Nullable Instant parsed(String text) {
        try {
            return ZonedDateTime.parse(
                            UTC_AT_END.matcher(text).replaceFirst("GMT"), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException notAnHttpDate) {
            Instant obsolete = obsoleteDate(text);
            return obsolete != null ? obsolete : isoInstant(text.toUpperCase(Locale.ROOT));
        }
    }

    private static @Nullable Instant obsoleteDate(String text) {
        for (DateTimeFormatter form : OBSOLETE_DATES) {
            try {
                return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException notOfThisForm) {
                // The next one.
            }
        }
        return null;
    }

    private static @Nullable Instant isoInstant(String upper) {
        String iso = upper.replaceFirst("(?<=\\d)(?: AT | )(?=\\d)", "T")
                .replaceFirst("\\s?(?:UTC|GMT)$", "Z")
                .replaceFirst("\\s(?=[+-]\\d{2})", "")
                .replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2");
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeException notAnInstant) {
            return null;
        }
    }
}
