package io.aicore.llm.config;

import io.aicore.internal.Check;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads settings from a YAML file. Every error message has the file and the path of the key. */
final class YamlConfig {

    private static final int LARGEST = 1 << 20;
    private static final String ROOT = "llm";
    private static final Set<String> SHARED = Set.of(Settings.HEADERS, Settings.OPTIONS);

    private final String file;
    private final Map<String, String> variables;
    private final Map<String, Setting<?>> known = new TreeMap<>();
    private final SettingValues values = new SettingValues();

    private YamlConfig(String file, Map<String, String> variables) {
        this.file = file;
        this.variables = variables;
        Settings.all().forEach(setting -> setting.paths().forEach(path -> known.put(path, setting)));
    }

    /** Blocks while it reads the file. */
    static SettingValues read(Path path, Map<String, String> variables) {
        return parse(path.toString(), text(path), variables);
    }

    static SettingValues parse(String file, String yaml, Map<String, String> variables) {
        YamlConfig config = new YamlConfig(file, variables);
        Map<String, Object> document = YamlDocument.read(file, yaml, ROOT);
        if (document.isEmpty() || Map.of().equals(document.get(ROOT))) {
            config.values.warnings().add(file + ": no settings in this file");
        }
        config.readRoot(document);
        return config.values;
    }

    /** With a root key the file may belong to other programs too, so its other keys are ignored. */
    private void readRoot(Map<String, Object> document) {
        @Nullable Object root = document.get(ROOT);
        if (root == null) {
            readAll("", "", document);
            return;
        }
        if (!(root instanceof Map<?, ?>)) {
            throw Check.wrong(where(ROOT), "a single value", "settings below it");
        }
        for (String key : document.keySet()) {
            if ((isGroup(key) && !SHARED.contains(key)) || known.containsKey(key)) {
                throw Check.wrong(where(key), "beside " + ROOT, "below " + ROOT + ", as " + ROOT + "." + key);
            }
        }
        readAll(ROOT + ".", "", entries(root));
    }

    private void readAll(String root, String group, Map<String, Object> entries) {
        entries.forEach((key, value) -> {
            String path = group + key;
            String where = where(root + path);
            @Nullable Setting<?> setting = known.get(path);
            if (setting != null) {
                put(setting, where, text(where, value));
            } else if (!isGroup(path)) {
                throw unknown(root, path);
            } else if (!(value instanceof Map<?, ?>)) {
                throw Check.wrong(where, "a single value", "keys below it");
            } else if (path.equals(Settings.HEADERS)) {
                entries(value).forEach((name, header) -> putHeader(where + "." + name, name, header));
            } else if (path.equals(Settings.OPTIONS)) {
                entries(value).forEach((name, option) -> putOption(where + "." + name, name, option));
            } else {
                readAll(root, path + ".", entries(value));
            }
        });
    }

    private <T> void put(Setting<T> setting, String where, String text) {
        if (values.has(setting)) {
            throw Check.wrong(where, "beside " + values.where(setting), "one of the two");
        }
        String filled = Placeholders.fill(where, text, variables);
        if (!filled.isBlank()) {
            values.put(setting, setting.read(where, filled, text), where);
        }
    }

    private void putHeader(String where, String name, Object value) {
        String text = Placeholders.fill(where, text(where, value), variables);
        values.headers().put(HeaderSyntax.name(where, name), HeaderSyntax.value(where, text));
    }

    private void putOption(String where, String name, Object value) {
        values.options().put(name, Placeholders.fill(where, text(where, value), variables));
    }

    private static String text(String where, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw Check.wrong(where, "several values", "a single value");
    }

    private IllegalArgumentException unknown(String root, String path) {
        return FamiliarNames.unknown(where(""), root + path, FamiliarNames.ofKey(root, path, Settings.names()));
    }

    private boolean isGroup(String path) {
        return path.equals(Settings.HEADERS)
                || path.equals(Settings.OPTIONS)
                || known.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
    }

    @SuppressWarnings("unchecked") // YamlDocument makes maps of texts and such maps only
    private static Map<String, Object> entries(Object value) {
        return (Map<String, Object>) value;
    }

    private String where(String path) {
        return file + ": " + path;
    }

    private static String text(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Check.wrong(path.toString(), "over 1 MiB", "a smaller file");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw Check.wrong(path.toString(), "no such file", "a YAML file");
        } catch (CharacterCodingException e) {
            throw Check.wrong(path.toString(), "not UTF-8", "a YAML file in UTF-8");
        } catch (IOException e) {
            throw new IllegalArgumentException(path + ": not readable (expected: a YAML file)", e);
        }
    }
}
