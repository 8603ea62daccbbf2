package io.aicore.llm;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;
import tools.jackson.dataformat.yaml.YAMLSchema;

/**
 * A YAML document of mappings and scalars, each scalar as its text. The one place of the configuration that knows
 * Jackson. Complaints name line and column and show nothing of the file but keys, as it may hold secrets.
 */
final class YamlDocument {

    private static final int DEEPEST = 8;
    private static final YAMLFactory FACTORY =
            YAMLFactory.builder().yamlSchema(YAMLSchema.CORE).build();

    private final String file;
    private final YAMLParser parser;

    private YamlDocument(String file, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** Keys to texts and further maps; what is empty or null is left out. */
    static Map<String, Object> read(String file, String yaml) {
        try (YAMLParser parser = (YAMLParser) FACTORY.createParser(ObjectReadContext.empty(), yaml)) {
            return new YamlDocument(file, parser).root();
        } catch (JacksonException e) {
            // Without the cause: the parser's message quotes the lines around the fault.
            throw malformed(file, e.getLocation());
        }
    }

    private static IllegalArgumentException malformed(String file, TokenStreamLocation at) {
        return new IllegalArgumentException(file + ": " + place(at)
                + ": not YAML (expected: keys with values; a value with ${…} in braces or with ': ' needs quotes)");
    }

    private Map<String, Object> root() {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return Map.of();
        }
        if (first != JsonToken.START_OBJECT) {
            throw refused("", "a mapping of keys to values");
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
        return Complaint.wrong(file, path + place(parser.currentTokenLocation()), expected);
    }

    private static String place(TokenStreamLocation at) {
        return "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
