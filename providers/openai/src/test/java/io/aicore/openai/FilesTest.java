package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.chat.Content;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilesTest {

    private static final byte[] BYTES = {1, 2, 3};
    private static final URI ADDRESS = URI.create("https://files.test/a");

    @Test
    void documentsGoAsTheirBytesWithAName() {
        Content.File file = Content.file(BYTES, "application/pdf");

        assertThat(Files.chat(file, false))
                .isEqualTo(Map.of(
                        "type",
                        "file",
                        "file",
                        Map.of("filename", "file.pdf", "file_data", "data:application/pdf;base64,AQID")));
        assertThat(Files.chat(file.name("Q3.pdf"), false))
                .extracting("file")
                .extracting("filename")
                .isEqualTo("Q3.pdf");
        assertThat(Files.chat(Content.file(BYTES, "text/plain"), false))
                .extracting("file")
                .extracting("filename")
                .isEqualTo("file.txt");
    }

    @Test
    void soundsGoAsTheirBytesWithTheirFormat() {
        assertThat(Files.chat(Content.file(BYTES, "audio/mpeg"), false))
                .isEqualTo(Map.of("type", "input_audio", "input_audio", Map.of("data", "AQID", "format", "mp3")));
        assertThat(Files.chat(Content.file(BYTES, "audio/x-wav"), true))
                .extracting("input_audio")
                .extracting("format")
                .isEqualTo("wav");
        assertThatThrownBy(() -> Files.chat(Content.file(ADDRESS, "audio/wav"), true))
                .isInstanceOf(NotOnTheWireException.class)
                .hasMessageContaining("audio file by address");
    }

    @Test
    void onlyHostsThatMayFetchAreGivenAddressesAndFilms() {
        assertThat(Files.chat(Content.file(ADDRESS, "video/mp4"), true))
                .isEqualTo(Map.of("type", "video_url", "video_url", Map.of("url", "https://files.test/a")));
        assertThat(Files.chat(Content.file(ADDRESS, "application/pdf"), true))
                .extracting("file")
                .extracting("file_data")
                .isEqualTo("https://files.test/a");
        assertThatThrownBy(() -> Files.chat(Content.file(BYTES, "video/mp4"), false))
                .hasMessageContaining("video file");
        assertThatThrownBy(() -> Files.chat(Content.file(ADDRESS, "application/pdf"), false))
                .hasMessageContaining("file by address");
        assertThat(Hosts.named("openai").dialect().addresses()).isFalse();
        assertThat(Hosts.named("openrouter").dialect().addresses()).isTrue();
    }

    @Test
    void theResponsesApiTakesDocumentsByBytesOrAddress() {
        assertThat(Files.responses(Content.file(BYTES, "application/pdf").name("a.pdf")))
                .isEqualTo(Map.of(
                        "type", "input_file", "filename", "a.pdf", "file_data", "data:application/pdf;base64,AQID"));
        assertThat(Files.responses(Content.file(ADDRESS, "application/pdf").name("a.pdf")))
                .isEqualTo(Map.of("type", "input_file", "file_url", "https://files.test/a"));
        assertThatThrownBy(() -> Files.responses(Content.file(BYTES, "audio/wav")))
                .hasMessageContaining("audio/wav");
        assertThatThrownBy(() -> Files.responses(Content.file(BYTES, "video/mp4")))
                .hasMessageContaining("video/mp4");
    }
}
