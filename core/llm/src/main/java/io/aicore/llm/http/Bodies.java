package io.aicore.llm.http;

import io.aicore.llm.error.LlmException;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Whole bodies, never larger than the limit: neither as they come nor decompressed. */
final class Bodies {

    private final int limit;
    private final Faults faults;

    Bodies(int limit, Faults faults) {
        this.limit = limit;
        this.faults = faults;
    }

    void add(ByteArrayOutputStream body, ByteBuf buffer) {
        if (buffer.readableBytes() > limit - body.size()) {
            throw faults.bodyTooLarge();
        }
        body.writeBytes(bytes(buffer));
    }

    /** As much as there is room for; whether that was all. */
    boolean addWhatFits(ByteArrayOutputStream body, ByteBuf buffer) {
        int room = limit - body.size();
        boolean all = buffer.readableBytes() <= room;
        body.writeBytes(bytes(all ? buffer : buffer.readSlice(room)));
        return all;
    }

    /** The body of an answer whose status says enough: empty where it cannot be read. */
    byte[] decodedIfReadable(ByteArrayOutputStream body, String encoding) {
        try {
            return decoded(body, encoding);
        } catch (LlmException unreadable) {
            return new byte[0];
        }
    }

    /** The body as it was meant, from the body as it came. */
    byte[] decoded(ByteArrayOutputStream body, String encoding) {
        byte[] bytes = body.toByteArray();
        String name = encoding.strip().toLowerCase(Locale.ROOT);
        return bytes.length > 0 && (name.equals("gzip") || name.equals("x-gzip")) ? gunzipped(bytes) : bytes;
    }

    private byte[] gunzipped(byte[] bytes) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes), 8192)) {
            byte[] whole = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw faults.bodyTooLarge();
            }
            return whole;
        } catch (IOException e) {
            throw faults.badCompression(e);
        }
    }

    static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
