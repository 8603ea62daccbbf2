package io.aicore.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.chat.Content;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilesTest {

    private static final byte[] BYTES = {1, 2, 3};

    @Test
    void documentsHaveANameOfTheApisLetters() {
        assertThat(Files.block(Content.file(BYTES, "application/pdf").name("Q3_2026.pdf")))
                .isEqualTo(Map.of(
                        "document", Map.of("name", "Q3-2026-pdf", "format", "pdf", "source", Map.of("bytes", "AQID"))));
        String one = name(Content.file(BYTES, "text/csv"));
        assertThat(one).matches("[A-Za-z0-9-]+").isEqualTo(name(Content.file(BYTES, "text/csv")));
        assertThat(one).isNotEqualTo(name(Content.file(new byte[] {9}, "text/csv")));
    }

    private static String name(Content.File file) {
        Map<?, ?> document = (Map<?, ?>) Files.block(file).get("document");
        return String.valueOf(document.get("name"));
    }

    @Test
    void filmsAndSoundsGoWithTheirFormat() {
        assertThat(Files.block(Content.file(URI.create("s3://bucket/a.mov"), "video/quicktime")))
                .isEqualTo(Map.of(
                        "video",
                        Map.of("format", "mov", "source", Map.of("s3Location", Map.of("uri", "s3://bucket/a.mov")))));
        assertThat(Files.block(Content.file(BYTES, "audio/mpeg")))
                .isEqualTo(Map.of("audio", Map.of("format", "mp3", "source", Map.of("bytes", "AQID"))));
    }

    @Test
    void otherTypesAndAddressesAreRefusedByName() {
        assertThatThrownBy(() -> Files.block(Content.file(BYTES, "application/zip")))
                .isInstanceOf(NotOnTheWireException.class)
                .hasMessageContaining("application/zip")
                .hasMessageContaining("application/pdf");
        assertThatThrownBy(() -> Files.block(Content.file(URI.create("https://files.test/a"), "application/pdf")))
                .hasMessageContaining("file by address")
                .hasMessageNotContaining("files.test");
    }
}
