package io.aicore.llm.config;

import io.aicore.internal.Check;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLSchema;

/**
 * A YAML document of mappings and scalars, each scalar as its text. The only part of the configuration that uses
 * Jackson. Error messages have line and column, and of the file only keys, because it may contain secrets.
 */
final class YamlDocument {

    private static final int DEEPEST = 8;
    private static final YAMLFactory FACTORY =
            YAMLFactory.builder().yamlSchema(YAMLSchema.CORE).build();

    private final String file;
    private final String yaml;
    private final YAMLParser parser;

    private YamlDocument(String file, String yaml, YAMLParser parser) {
        this.file = file;
        this.yaml = yaml;
        this.parser = parser;
    }

    /**
     * Keys to texts and nested maps; empty and null values are omitted. If this root is among the keys of any document,
     * only the values below it are read: the rest belongs to other programs.
     */
    static Map<String, Object> read(String file, String yaml, String root) {
        try {
            boolean shared = reading(file, yaml, document -> document.has(root));
            return reading(file, yaml, document -> shared ? document.below(root) : document.root());
        } catch (JacksonException e) {
            // Without the cause: the parser's message quotes the lines around the fault.
            throw YamlFault.of(file, yaml, place(e.getLocation()));
        }
    }

    private static <T> T reading(String file, String yaml, Function<YamlDocument, T> reader) {
        try (YAMLParser parser = (YAMLParser) FACTORY.createParser(ObjectReadContext.empty(), yaml)) {
            return reader.apply(new YamlDocument(file, yaml, parser));
        }
    }

    private boolean has(String root) {
        boolean found = false;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    found |= root.equals(parser.currentName());
                    parser.nextToken();
                    parser.skipChildren();
                }
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }

    /** The root only, once; of the other keys only their presence. */
    private Map<String, Object> below(String root) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                if (!key.equals(root)) {
                    found.putIfAbsent(key, Map.of());
                    parser.nextToken();
                    parser.skipChildren();
                    continue;
                }
                if (found.containsKey(root)) {
                    throw refused(root + ": ", "this key once in all documents");
                }
                parser.nextToken();
                found.put(root, value(root, 1).orElse(Map.of()));
            }
        }
        return found;
    }

    private Map<String, Object> root() {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return Map.of();
        }
        if (first != JsonToken.START_OBJECT) {
            @Nullable IllegalArgumentException known = YamlFault.known(file, yaml);
            throw known == null ? refused("", "a mapping of keys to values") : known;
        }
        Map<String, Object> root = mapping("", 1);
        if (parser.nextToken() != null) {
            throw refused("", "one document");
        }
        return root;
    }

    private Map<String, Object> mapping(String path, int depth) {
        Map<String, Object> entries = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String keyPath = path.isEmpty() ? key : path + "." + key;
            if (!seen.add(key)) {
                throw refused(keyPath + ": ", "this key once");
            }
            parser.nextToken();
            value(keyPath, depth).ifPresent(value -> entries.put(key, value));
        }
        return entries;
    }

    private Optional<Object> value(String path, int depth) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        if (token == JsonToken.START_OBJECT && depth < DEEPEST) {
            return Optional.of(mapping(path, depth + 1));
        }
        if (!token.isScalarValue() || parser.isCurrentAlias()) {
            throw refused(path + ": ", "a text, a number or true or false");
        }
        return Optional.of(parser.getString())
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Object.class::cast);
    }

    private IllegalArgumentException refused(String path, String expected) {
        return Check.wrong(file, path + place(parser.currentTokenLocation()), expected);
    }

    private static String place(TokenStreamLocation at) {
        return "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
