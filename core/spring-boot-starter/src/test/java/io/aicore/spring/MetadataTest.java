package io.aicore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.config.SettingNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an editor of application.yml proposes is what the application reads. */
class MetadataTest {

    private static JsonNode metadata() throws IOException {
        try (InputStream in =
                AiCoreProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void everyPropertyIsDescribedAndNoOther() throws IOException {
        Set<String> described = new TreeSet<>();
        metadata().path("properties").forEach(property -> {
            described.add(property.path("name").asString());
            assertThat(property.path("description").asString()).endsWith(".");
        });

        Set<String> read = new TreeSet<>(StarterKeys.all());
        read.add("aicore.providers");
        SettingNames.all().forEach(name -> read.add("aicore." + name.replace('_', '-')));
        assertThat(described).isEqualTo(read);
    }

    @Test
    void everyDefaultAndEveryProposedValueIsTaken() throws IOException {
        Map<String, String> proposed = new TreeMap<>();
        metadata().path("properties").forEach(property -> {
            if (!property.path("defaultValue").isMissingNode()) {
                String name = property.path("name").asString();
                proposed.put(name + " default", property.path("defaultValue").asString());
            }
        });
        metadata()
                .path("hints")
                .forEach(hint -> hint.path("values").forEach(value -> {
                    String text = value.path("value").asString();
                    assertThat(value.path("description").asString()).endsWith(".");
                    proposed.put(hint.path("name").asString() + " " + text, text);
                }));

        assertThat(proposed).hasSizeGreaterThan(20);
        proposed.forEach((place, value) -> {
            String name = place.substring("aicore.".length(), place.indexOf(' '));
            if (!StarterKeys.all().contains("aicore." + name)) {
                LlmConfig.builder()
                        .fromProperties("aicore", Map.of(name, value))
                        .build();
            }
        });
    }
}
