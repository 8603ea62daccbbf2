package io.aicore.openai;

import static io.aicore.llm.codec.ChatJson.ordered;

import io.aicore.llm.chat.Content;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files in a message: documents, sounds and films, in the words of both protocols. */
final class Files {

    private static final Map<String, String> ENDINGS = Map.of("plain", "txt", "markdown", "md");
    private static final Map<String, String> SOUNDS =
            Map.of("mpeg", "mp3", "x-wav", "wav", "wave", "wav", "vnd.wave", "wav", "x-m4a", "m4a");

    private Files() {}

    /**
     * A file in chat completions.
     *
     * @param addresses whether the host may fetch files itself, and take films
     */
    static Map<String, Object> chat(Content.File file, boolean addresses) {
        String data = file.base64();
        if (file.is("audio")) {
            if (data == null) {
                throw new NotOnTheWireException(
                        "an audio file by address: chat completions fetch none (expected: its bytes)");
            }
            String format = SOUNDS.getOrDefault(file.subtype(), file.subtype());
            return ordered("type", "input_audio", "input_audio", ordered("data", data, "format", format));
        }
        if (!addresses && file.is("video")) {
            throw new NotOnTheWireException(
                    "a video file: this host takes none (expected: a document, audio or an image)");
        }
        if (!addresses && data == null) {
            throw new NotOnTheWireException("a file by address: this host fetches none here (expected: its bytes)");
        }
        return file.is("video")
                ? ordered("type", "video_url", "video_url", Map.of("url", file.url()))
                : ordered("type", "file", "file", ordered("filename", name(file), "file_data", file.url()));
    }

    /** A file in the Responses API. */
    static Map<String, Object> responses(Content.File file) {
        if (file.is("audio") || file.is("video")) {
            throw new NotOnTheWireException(
                    "a file of type " + file.mediaType() + ": the Responses API takes documents and images alone");
        }
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("type", "input_file");
        if (file.base64() == null) {
            part.put("file_url", file.url());
        } else {
            // Beside an address a name is refused, beside bytes it is required.
            part.put("filename", name(file));
            part.put("file_data", file.url());
        }
        return part;
    }

    private static String name(Content.File file) {
        return file.name() == null ? "file." + ENDINGS.getOrDefault(file.subtype(), file.subtype()) : file.name();
    }
}
