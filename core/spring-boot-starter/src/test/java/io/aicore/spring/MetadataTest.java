package io.aicore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.SettingNames;
import io.aicore.llm.codec.json.Json;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What an editor of application.yml proposes is what the application reads. */
class MetadataTest {

    @Test
    void everyPropertyIsDescribedAndNoOther() throws Exception {
        Set<String> described = new TreeSet<>();
        String text;
        try (InputStream in =
                AiCoreProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Json.read(text).get("properties").forEach(property -> {
            described.add(property.get("name").asString());
            assertThat(property.get("description").asString()).endsWith(".");
        });

        Set<String> read = new TreeSet<>(StarterKeys.all());
        read.add("aicore.providers");
        SettingNames.all().forEach(name -> read.add("aicore." + name.replace('_', '-')));
        assertThat(described).isEqualTo(read);
    }
}
