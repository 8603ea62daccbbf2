package io.aicore.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.chat.Content;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilesTest {

    private static final URI ADDRESS = URI.create("https://files.test/a");

    private static Object block(Content.File file) {
        return Blocks.of(List.of(file)).get(0);
    }

    @Test
    void pdfGoesByBytesOrAddress() {
        assertThat(block(Content.file(new byte[] {1, 2, 3}, "application/pdf").name("Q3")))
                .isEqualTo(Map.of(
                        "type",
                        "document",
                        "source",
                        Map.of("type", "base64", "media_type", "application/pdf", "data", "AQID"),
                        "title",
                        "Q3"));
        assertThat(block(Content.file(ADDRESS, "application/pdf")))
                .isEqualTo(Map.of("type", "document", "source", Map.of("type", "url", "url", "https://files.test/a")));
    }

    @Test
    void aTextGoesInItsWords() {
        assertThat(block(Content.file("Grüße".getBytes(StandardCharsets.UTF_8), "text/markdown")))
                .isEqualTo(Map.of(
                        "type",
                        "document",
                        "source",
                        Map.of("type", "text", "media_type", "text/plain", "data", "Grüße")));
    }

    @Test
    void aFileThatIsAnImageIsOne() {
        assertThat(block(Content.file(new byte[] {1}, "image/png")))
                .extracting("type")
                .isEqualTo("image");
    }

    @Test
    void otherKindsAreRefusedByName() {
        for (Content.File file : List.of(
                Content.file(new byte[] {1}, "audio/wav"),
                Content.file(new byte[] {1}, "video/mp4"),
                Content.file(ADDRESS, "text/plain"))) {
            assertThatThrownBy(() -> block(file))
                    .isInstanceOf(NotOnTheWireException.class)
                    .hasMessageContaining(file.mediaType())
                    .hasMessageNotContaining("files.test");
        }
    }
}
