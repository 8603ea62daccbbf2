package io.aicore.mistral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.chat.Content;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilesTest {

    private static final byte[] BYTES = {1, 2, 3};
    private static final URI ADDRESS = URI.create("https://files.test/a");

    private static Object content(Content.File file) {
        return List.of(new MistralDialect().file(file));
    }

    @Test
    void documentsAndSoundsGoByBytesOrAddress() {
        assertThat(content(Content.file(ADDRESS, "application/pdf").name("Q3")))
                .isEqualTo(List.of(
                        Map.of("type", "document_url", "document_url", "https://files.test/a", "document_name", "Q3")));
        assertThat(content(Content.file(BYTES, "application/pdf")))
                .isEqualTo(List.of(Map.of("type", "document_url", "document_url", "data:application/pdf;base64,AQID")));
        assertThat(content(Content.file(BYTES, "audio/mpeg")))
                .isEqualTo(List.of(Map.of("type", "input_audio", "input_audio", "AQID")));
        assertThat(content(Content.file(ADDRESS, "audio/mpeg")))
                .isEqualTo(List.of(Map.of("type", "input_audio", "input_audio", "https://files.test/a")));
    }

    @Test
    void filmsAreRefusedByName() {
        assertThatThrownBy(() -> content(Content.file(BYTES, "video/mp4")))
                .isInstanceOf(NotOnTheWireException.class)
                .hasMessageContaining("video file");
    }
}
