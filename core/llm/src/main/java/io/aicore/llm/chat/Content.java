package io.aicore.llm.chat;

import java.net.URI;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One part of a message: a text or an image. */
public sealed interface Content {

    /** A part of plain text. */
    static Text text(String text) {
        return new Text(text);
    }

    /** An image that the provider fetches itself from this address. */
    static Image image(URI address) {
        return new Image(address.toString(), null);
    }

    /** An image sent along, as a data URL. The media type is for example {@code image/png}. */
    static Image image(byte[] bytes, String mediaType) {
        return new Image("data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes), null);
    }

    /** Plain text. */
    record Text(String text) implements Content {
        @Override
        public String toString() {
            return "Text[" + text.length() + " chars]";
        }
    }

    /**
     * An image by address: {@code https:} or {@code data:}.
     *
     * @param detail the resolution the model should look at, {@code low}, {@code high} or {@code auto}; null leaves it to the provider
     */
    record Image(String url, @Nullable String detail) implements Content {
        /** The same image, looked at in this detail. */
        public Image detail(String detail) {
            return new Image(url, detail);
        }

        @Override
        public String toString() {
            return "Image[" + url.length() + " chars]";
        }
    }
}
