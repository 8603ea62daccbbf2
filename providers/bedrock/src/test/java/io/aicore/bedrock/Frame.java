package io.aicore.bedrock;

import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.testkit.Frames;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/** Writes frames as the format's description says, without the library that reads them. */
final class Frame implements Frames {

    private static final byte STRING = 7;

    @Override
    public String contentType() {
        return "application/vnd.amazon.eventstream";
    }

    /** An event, or the exception or error that its type stands for. */
    @Override
    public byte[] frame(WireEvent event) {
        String type = String.valueOf(event.type());
        if (type.startsWith(":exception:")) {
            return exception(type.substring(":exception:".length()), event.data());
        }
        return type.startsWith(":error:")
                ? error(type.substring(":error:".length()), event.data())
                : event(type, event.data());
    }

    static byte[] event(String type, String payload) {
        return of(Map.of(":message-type", "event", ":event-type", type, ":content-type", "application/json"), payload);
    }

    static byte[] exception(String type, String payload) {
        return of(Map.of(":message-type", "exception", ":exception-type", type), payload);
    }

    static byte[] error(String code, String message) {
        return of(Map.of(":message-type", "error", ":error-code", code, ":error-message", message), "");
    }

    static byte[] of(Map<String, String> headers, String payload) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        new LinkedHashMap<>(headers).forEach((name, value) -> {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            written.write(name.length());
            written.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
            written.write(STRING);
            written.write(text.length >> 8);
            written.write(text.length);
            written.writeBytes(text);
        });
        return of(written.toByteArray(), payload.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] of(byte[] headers, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(16 + headers.length + payload.length);
        frame.putInt(frame.capacity()).putInt(headers.length);
        frame.putInt(crc(frame.array(), frame.position())).put(headers).put(payload);
        return frame.putInt(crc(frame.array(), frame.position())).array();
    }

    private static int crc(byte[] written, int length) {
        CRC32 crc = new CRC32();
        crc.update(written, 0, length);
        return (int) crc.getValue();
    }

    @Override
    public String toString() {
        return "frames";
    }
}
