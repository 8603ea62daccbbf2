package io.aicore.examples.lab.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads scenarios: files of a user's, and those that come with the laboratory. */
public final class Scenarios {

    private static final String DIRECTORY = "/scenarios/";
    private static final String SUFFIX = ".yaml";
    private static final Pattern EXTENSION = Pattern.compile("\\.ya?ml$");

    private static final List<String> SHIPPED = List.of(
            "outage",
            "outage-retry-after",
            "outage-hanging",
            "outage-small-processes",
            "rate-limit",
            "burst",
            "spike",
            "healthy",
            "rate-limit-no-hint",
            "rate-limit-double",
            "rate-limit-outage",
            "rate-limit-low",
            "rate-limit-share",
            "rate-limit-headers",
            "token-limit",
            "token-limit-minute",
            "flapping",
            "brown-out",
            "brown-out-heavy",
            "partial-outage",
            "slow-down",
            "stream-overload",
            "agents");

    private Scenarios() {}

    /** Names of those that come with the laboratory. */
    public static List<String> shipped() {
        return SHIPPED;
    }

    /** The text of one that comes with the laboratory. */
    public static String text(String name) {
        try (InputStream stream = Scenarios.class.getResourceAsStream(DIRECTORY + name + SUFFIX)) {
            if (stream == null) {
                throw new IllegalArgumentException(
                        "'" + name + "' (expected one of: " + String.join(", ", SHIPPED) + ")");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The scenario of a file, or of this name if there is no such file.
     *
     * @throws IllegalArgumentException with the file, the key, its value and what is expected
     */
    public static Scenario load(String fileOrName) {
        Path file = Path.of(fileOrName);
        if (!Files.exists(file) && SHIPPED.contains(fileOrName)) {
            return parse(fileOrName, text(fileOrName));
        }
        try {
            return parse(fileOrName, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    fileOrName + ": no such file (nor one of: " + String.join(", ", SHIPPED) + ")", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(fileOrName + ": cannot be read: " + e, e);
        }
    }

    /**
     * The scenario of this text.
     *
     * @param source its name in messages; its last part without the extension is the name of a scenario without one
     */
    public static Scenario parse(String source, String text) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(source)
                    .setAllowDuplicateKeys(false)
                    .build();
            Object root = new Load(settings).loadFromString(text);
            Path fileName = Path.of(source).getFileName();
            String name = EXTENSION.matcher(String.valueOf(fileName)).replaceFirst("");
            return new ScenarioReader(Section.of("", root), name).read();
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(source + ": no YAML: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
        }
    }
}
