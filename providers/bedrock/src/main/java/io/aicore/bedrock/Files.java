package io.aicore.bedrock;

import io.aicore.llm.chat.Content;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Files in a message: documents, sounds and films, of the formats that the API names. */
final class Files {

    private static final Map<String, String> DOCUMENTS = Map.of(
            "application/pdf", "pdf",
            "text/csv", "csv",
            "application/msword", "doc",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
            "application/vnd.ms-excel", "xls",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
            "text/html", "html",
            "text/plain", "txt",
            "text/markdown", "md");
    private static final Map<String, String> VIDEOS = Map.of(
            "video/x-matroska", "mkv",
            "video/quicktime", "mov",
            "video/mp4", "mp4",
            "video/webm", "webm",
            "video/x-flv", "flv",
            "video/mpeg", "mpeg",
            "video/x-ms-wmv", "wmv",
            "video/3gpp", "three_gp");
    private static final Map<String, String> SOUNDS = Map.ofEntries(
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("audio/mp3", "mp3"),
            Map.entry("audio/wav", "wav"),
            Map.entry("audio/x-wav", "wav"),
            Map.entry("audio/ogg", "ogg"),
            Map.entry("audio/opus", "opus"),
            Map.entry("audio/flac", "flac"),
            Map.entry("audio/aac", "aac"),
            Map.entry("audio/mp4", "mp4"),
            Map.entry("audio/x-m4a", "m4a"),
            Map.entry("audio/webm", "webm"));

    private Files() {}

    static Map<String, Object> block(Content.File file) {
        if (file.is("video")) {
            return Blocks.block("video", media(file, VIDEOS));
        }
        if (file.is("audio")) {
            return Blocks.block("audio", media(file, SOUNDS));
        }
        Map<String, Object> document = media(file, DOCUMENTS);
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("name", name(file));
        named.putAll(document);
        return Blocks.block("document", named);
    }

    private static Map<String, Object> media(Content.File file, Map<String, String> formats) {
        String format = formats.get(file.mediaType());
        if (format == null) {
            throw new NotOnTheWireException("a file of type " + file.mediaType()
                    + ", which Bedrock does not take (expected: one of " + new TreeSet<>(formats.keySet()) + ")");
        }
        Map<String, Object> media = new LinkedHashMap<>();
        media.put("format", format);
        media.put("source", source(file, file.base64()));
        return media;
    }

    private static Map<String, Object> source(Content.File file, @Nullable String data) {
        if (data != null) {
            return Blocks.block("bytes", data);
        }
        if (file.url().startsWith("s3://")) {
            return Blocks.block("s3Location", Blocks.block("uri", file.url()));
        }
        throw new NotOnTheWireException("a file by address: Bedrock fetches none (expected: its bytes, or s3://…)");
    }

    /** A name is required, of few characters, and no two documents of a request may have the same. */
    private static String name(Content.File file) {
        String name = file.name();
        if (name == null) {
            return "document-" + Integer.toHexString(file.url().hashCode());
        }
        String plain = name.replaceAll("[^A-Za-z0-9()\\[\\] -]", "-").replaceAll(" {2,}", " ");
        return plain.isBlank() ? "document" : plain.substring(0, Math.min(plain.length(), 200));
    }
}
