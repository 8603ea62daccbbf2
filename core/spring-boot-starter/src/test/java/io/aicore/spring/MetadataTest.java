package io.aicore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.config.SettingNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What an editor of application.yml proposes is what the application reads. */
class MetadataTest {

    private static JsonFields metadata() throws IOException {
        try (InputStream in =
                AiCoreProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void everyPropertyIsDescribedAndNoOther() throws IOException {
        Set<String> described = new TreeSet<>();
        metadata().at("properties").elements().forEach(property -> {
            described.add(property.at("name").text());
            assertThat(property.at("description").text()).endsWith(".");
        });

        Set<String> read = new TreeSet<>(StarterKeys.all());
        read.add("aicore.providers");
        SettingNames.all().forEach(name -> read.add("aicore." + name.replace('_', '-')));
        assertThat(described).isEqualTo(read);
    }

    @Test
    void everyDefaultAndEveryProposedValueIsTaken() throws IOException {
        Map<String, String> proposed = new TreeMap<>();
        metadata().at("properties").elements().forEach(property -> {
            if (!property.at("defaultValue").isMissing()) {
                String name = property.at("name").text();
                proposed.put(name + " default", String.valueOf(property.scalar("defaultValue")));
            }
        });
        metadata()
                .at("hints")
                .elements()
                .forEach(hint -> hint.at("values").elements().forEach(value -> {
                    String text = value.at("value").text();
                    assertThat(value.at("description").text()).endsWith(".");
                    proposed.put(hint.at("name").text() + " " + text, text);
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
