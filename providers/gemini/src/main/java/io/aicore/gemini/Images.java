package io.aicore.gemini;

import io.aicore.llm.chat.Content;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Images and other files of a request. The resolution to look at them is a setting of the whole request here, so a part has none. */
final class Images {

    private static final String DATA = "data:";
    private static final String BASE64 = ";base64";

    private static final Map<String, String> TYPES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "webp", "image/webp",
            "gif", "image/gif",
            "heic", "image/heic",
            "heif", "image/heif",
            "pdf", "application/pdf");

    private Images() {}

    /** The data, or its address; null for a data URL that cannot be sent. */
    static @Nullable Object part(String url) {
        if (!url.regionMatches(true, 0, DATA, 0, DATA.length())) {
            Map<String, Object> file = new LinkedHashMap<>();
            String type = type(url);
            if (type != null) {
                file.put("mimeType", type);
            }
            file.put("fileUri", url);
            return Map.of("fileData", file);
        }
        int comma = url.indexOf(',');
        String head = comma < 0 ? "" : url.substring(DATA.length(), comma);
        if (!head.endsWith(BASE64)) {
            return null;
        }
        String type = head.substring(0, head.length() - BASE64.length());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("mimeType", type.replaceFirst(";.*", ""));
        data.put("data", url.substring(comma + 1));
        return Map.of("inlineData", data);
    }

    /** The part for a file with this type. */
    static @Nullable Object part(Content.File file) {
        Map<String, Object> media = new LinkedHashMap<>();
        media.put("mimeType", file.mediaType());
        String data = file.base64();
        if (data != null) {
            media.put("data", data);
            return Map.of("inlineData", media);
        }
        media.put("fileUri", file.url());
        return file.url().regionMatches(true, 0, DATA, 0, DATA.length()) ? null : Map.of("fileData", media);
    }

    /** By the file extension, because Vertex requires the type. */
    private static @Nullable String type(String url) {
        String name = url.replaceFirst("[?#].*", "");
        return TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
