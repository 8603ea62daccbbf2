package io.aicore.llm.config;

import io.aicore.internal.Numbers;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.CircuitMode;
import io.aicore.llm.http.ProxySettings;
import io.aicore.llm.model.ModelCatalog;
import io.aicore.retry.Jitter;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses the text of a setting. The message of a rejection is what was expected. */
@FunctionalInterface
interface SettingParser<T> {

    T read(String text);

    static SettingParser<String> text() {
        return text -> expect(text, !text.isEmpty(), "a text");
    }

    static SettingParser<String> providerName() {
        return text -> expect(
                text.toLowerCase(Locale.ROOT), text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"), "a name, as openai");
    }

    static SettingParser<Secret> secret() {
        return text -> {
            @Nullable String expected = Secret.expected(text);
            if (expected != null) {
                throw expected(expected);
            }
            return Secret.of(text);
        };
    }

    static SettingParser<Boolean> yesOrNo() {
        return text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw expected("true or false");
        };
    }

    /** A whole number; the upper bound appears only in the message of a value above it. */
    static SettingParser<Integer> whole(int least, int most) {
        String expected = "a whole number >= " + least;
        return text -> {
            BigDecimal number = number(text, expected);
            expect(number, number.stripTrailingZeros().scale() <= 0, expected);
            expect(number, number.compareTo(BigDecimal.valueOf(least)) >= 0, expected);
            expect(number, number.compareTo(BigDecimal.valueOf(most)) <= 0, "a whole number <= " + most);
            return number.intValueExact();
        };
    }

    /** A decimal number; {@code expected} describes the bounds. */
    static SettingParser<Double> number(String expected, double least, double most) {
        return text -> {
            double number = number(text, expected).doubleValue();
            return expect(number, number >= least && number <= most, expected);
        };
    }

    /** Seconds as a decimal; the upper bound appears only in the message of a value above it. */
    static SettingParser<Duration> seconds(Duration least, Duration most) {
        BigDecimal lowest = BigDecimal.valueOf(least.toNanos(), 9).stripTrailingZeros();
        String bound = least.toNanos() == 1 ? "> 0" : ">= " + lowest.toPlainString();
        String expected = "a number of seconds " + bound;
        return text -> {
            BigDecimal seconds = number(text, expected);
            expect(seconds, seconds.compareTo(lowest) >= 0, expected);
            expect(
                    seconds,
                    seconds.compareTo(BigDecimal.valueOf(most.toSeconds())) <= 0,
                    "a number of seconds <= " + most.toSeconds());
            return Duration.ofNanos(seconds.movePointRight(9).longValue());
        };
    }

    static SettingParser<Jitter> jitter() {
        return text -> {
            try {
                return Jitter.parse(text);
            } catch (IllegalArgumentException e) {
                throw expected(Jitter.EXPECTED);
            }
        };
    }

    static SettingParser<CircuitMode> circuitMode() {
        return text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "normal" -> CircuitMode.NORMAL;
            case "soft" -> CircuitMode.SOFT;
            default -> throw expected("normal or soft");
        };
    }

    static SettingParser<AdmissionSettings> admissionPreset() {
        return text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "standard" -> AdmissionSettings.standard();
            case "interactive" -> AdmissionSettings.interactive();
            case "agent" -> AdmissionSettings.agent();
            case "batch" -> AdmissionSettings.batch();
            default -> throw expected("standard, interactive, agent or batch");
        };
    }

    /**
     * The file of a model catalogue. Blocks while it is read. Its name is not shown: a key may have been set by
     * mistake.
     */
    static SettingParser<ModelCatalog> models() {
        return text -> {
            String why;
            try {
                return ModelCatalog.fromFile(Path.of(text));
            } catch (InvalidPathException e) {
                why = "no path";
            } catch (IllegalArgumentException e) {
                why = String.valueOf(e.getMessage()).replace(Path.of(text) + ": ", "");
            }
            throw expected("the path of a JSON file of models; this is: " + why);
        };
    }

    static SettingParser<URI> url() {
        return text -> address(text, "an http or https URL", List.of("http", "https"));
    }

    /** {@code http://user:password@host:port}, without the user for a proxy without authentication. */
    static SettingParser<ProxySettings> proxy() {
        String expected = "a proxy's address, as http://host:port";
        return text -> {
            URI uri = address(text, expected, List.of("http"));
            expect(uri, uri.getPort() > 0 && uri.getPort() <= 65_535, expected);
            ProxySettings proxy = ProxySettings.of(uri.getHost(), uri.getPort());
            @Nullable String login = uri.getUserInfo();
            if (login == null) {
                return proxy;
            }
            int colon = expect(login.indexOf(':'), login.indexOf(':') > 0, "http://user:password@host:port");
            return proxy.login(login.substring(0, colon), login.substring(colon + 1));
        };
    }

    private static URI address(String text, String expected, List<String> schemes) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null
                    && uri.getRawAuthority() != null
                    && uri.getRawAuthority().contains("_")) {
                throw expected(expected + "; no host name has an underscore, so give this one an alias without '_'");
            }
            boolean fits = uri.getHost() != null && schemes.contains(scheme) && uri.getRawFragment() == null;
            return expect(uri, fits, expected);
        } catch (URISyntaxException e) {
            throw expected(expected);
        }
    }

    private static <V> V expect(V value, boolean fits, String expected) {
        if (!fits) {
            throw expected(expected);
        }
        return value;
    }

    private static IllegalArgumentException expected(String expected) {
        return new IllegalArgumentException(expected);
    }

    private static BigDecimal number(String text, String expected) {
        BigDecimal number = Numbers.parse(text);
        if (number == null) {
            throw expected(expected);
        }
        return number;
    }
}
