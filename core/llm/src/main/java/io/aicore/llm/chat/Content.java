package io.aicore.llm.chat;

import java.net.URI;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A part of a message: text, an image, or a file of another type. */
public sealed interface Content {

    /** A text part. */
    static Text text(String text) {
        return new Text(text);
    }

    /** An image that the provider fetches from this address. */
    static Image image(URI address) {
        return new Image(address.toString(), null);
    }

    /** An inline image, sent as a data URL. The media type is for example {@code image/png}. */
    static Image image(byte[] bytes, String mediaType) {
        return new Image(dataUrl(bytes, mediaType), null);
    }

    /**
     * A file that the provider fetches from this address.
     *
     * @param mediaType for example {@code application/pdf}
     */
    static File file(URI address, String mediaType) {
        return new File(address.toString(), mediaType, null);
    }

    /**
     * An inline file: a document, audio or video. The provider's factory documents the supported types; any other fails
     * before it is sent.
     *
     * @param mediaType for example {@code application/pdf}, {@code audio/wav}, {@code video/mp4}
     */
    static File file(byte[] bytes, String mediaType) {
        return new File(dataUrl(bytes, mediaType), mediaType, null);
    }

    private static String dataUrl(byte[] bytes, String mediaType) {
        return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Applies the function for this part's type, so that every reader handles all types. A file with an image type
     * counts as an image.
     */
    <R> R fold(
            Function<? super Text, ? extends R> text,
            Function<? super Image, ? extends R> image,
            Function<? super File, ? extends R> file);

    /** Plain text. */
    record Text(String text) implements Content {

        public Text {
            // For callers without null checks, whose null would go out as such.
            if (Objects.isNull(text)) {
                throw new IllegalArgumentException("text: null (expected: a text)");
            }
        }

        @Override
        public <R> R fold(
                Function<? super Text, ? extends R> text,
                Function<? super Image, ? extends R> image,
                Function<? super File, ? extends R> file) {
            return text.apply(this);
        }

        @Override
        public String toString() {
            return "Text[" + text.length() + " chars]";
        }
    }

    /**
     * An image by address: {@code https:} or {@code data:}.
     *
     * @param detail the resolution at which the model looks at it, {@code low}, {@code high} or {@code auto}; null for
     *     the provider's default
     */
    record Image(String url, @Nullable String detail) implements Content {
        /** Returns a copy with this detail. */
        public Image detail(String detail) {
            return new Image(url, detail);
        }

        @Override
        public <R> R fold(
                Function<? super Text, ? extends R> text,
                Function<? super Image, ? extends R> image,
                Function<? super File, ? extends R> file) {
            return image.apply(this);
        }

        @Override
        public String toString() {
            return "Image[" + url.length() + " chars]";
        }
    }

    /**
     * A file by address: {@code https:}, {@code data:}, or an id of the provider's file store.
     *
     * @param name its file name; null for the provider's default
     */
    record File(String url, String mediaType, @Nullable String name) implements Content {

        private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+");
        private static final String BASE64 = ";base64,";

        public File {
            if (!MEDIA_TYPE.matcher(mediaType).matches()) {
                throw new IllegalArgumentException(
                        "mediaType: '" + mediaType + "' (expected: a type and a subtype, as application/pdf)");
            }
        }

        /** Returns a copy with this file name. */
        public File name(String name) {
            return new File(url, mediaType, name);
        }

        /** Its content in base64; null if it is not inline. */
        public @Nullable String base64() {
            int data = url.startsWith("data:") ? url.indexOf(BASE64) : -1;
            return data < 0 ? null : url.substring(data + BASE64.length());
        }

        /** Whether its media type is of this kind, such as {@code audio}. */
        public boolean is(String kind) {
            return mediaType.startsWith(kind + "/");
        }

        /** The media type's subtype, such as {@code pdf}. */
        public String subtype() {
            return mediaType.substring(mediaType.indexOf('/') + 1);
        }

        @Override
        public <R> R fold(
                Function<? super Text, ? extends R> text,
                Function<? super Image, ? extends R> image,
                Function<? super File, ? extends R> file) {
            return is("image") ? image.apply(new Image(url, null)) : file.apply(this);
        }

        @Override
        public String toString() {
            return "File[" + mediaType + ", " + url.length() + " chars]";
        }
    }
}
