package io.aicore.testkit;

import io.aicore.llm.codec.wire.WireEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** JSON lines. */
record LineFrames(String contentType, String lineEnd) implements Frames {

    @Override
    public byte[] frame(WireEvent event) {
        return (event.data() + lineEnd).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int spareBytes() {
        return lineEnd.length();
    }

    @Override
    public List<Frames> variants() {
        return List.of(this, new LineFrames(contentType, "\r\n"), new LineFrames(contentType, "\n\n"));
    }

    @Override
    public String toString() {
        return "lines with " + lineEnd.replace("\r", "CR").replace("\n", "LF");
    }
}
