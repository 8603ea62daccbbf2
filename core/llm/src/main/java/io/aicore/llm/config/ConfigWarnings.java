package io.aicore.llm.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Probable mistakes in a configuration: warnings, because they may be intended. */
final class ConfigWarnings {

    // Nobody waits a quarter of an hour in silence: others write these settings in milliseconds.
    private static final Map<Setting<Duration>, Duration> LONGEST_MEANT = Map.of(
            Settings.CONNECT_TIMEOUT, Duration.ofMinutes(15),
            Settings.FIRST_TOKEN_TIMEOUT, Duration.ofMinutes(15),
            Settings.FIRST_CONTENT_TIMEOUT, Duration.ofHours(2),
            Settings.IDLE_TIMEOUT, Duration.ofMinutes(15),
            Settings.ATTEMPT_TIMEOUT, Duration.ofHours(2),
            Settings.DEADLINE, Duration.ofHours(10),
            Settings.INITIAL_DELAY, Duration.ofMinutes(15),
            Settings.MAX_DELAY, Duration.ofMinutes(15),
            Settings.OPEN_TIME, Duration.ofMinutes(15));

    private ConfigWarnings() {}

    static List<String> of(SettingValues values, @Nullable URI baseUrl, @Nullable Secret key) {
        List<String> found = new ArrayList<>(values.warnings());
        LONGEST_MEANT.forEach((setting, most) -> {
            @Nullable Duration time = values.get(setting);
            if (time != null && time.compareTo(most) >= 0 && time.toSeconds() % 100 == 0) {
                found.add(values.where(setting) + ": " + time.toSeconds() + " seconds are " + inWords(time)
                        + "; for milliseconds write " + time.toMillis() / 1_000_000.0);
            }
        });
        if (key != null && baseUrl != null && "http".equalsIgnoreCase(baseUrl.getScheme()) && !isLoopback(baseUrl)) {
            found.add(values.where(Settings.BASE_URL) + ": the key goes to " + baseUrl.getHost()
                    + " over plain http, where others can read it");
        }
        found.sort(null);
        return List.copyOf(found);
    }

    static boolean isLoopback(URI address) {
        String host = String.valueOf(address.getHost());
        return host.equalsIgnoreCase("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("[::1]");
    }

    private static String inWords(Duration time) {
        return time.toHours() == 0
                ? time.toMinutes() + " min"
                : time.toHours() + " h" + (time.toMinutesPart() == 0 ? "" : " " + time.toMinutesPart() + " min");
    }
}
