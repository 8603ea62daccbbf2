package io.aicore.llm.codec.wire;

import io.aicore.llm.codec.json.JsonDocuments;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits an event with several JSON documents into one event each, of the same type: hosts and gateways combine
 * several, a document and {@code [DONE]}, or a chunk and an error.
 */
final class EachDocument implements Framing {

    private final Framing framing;

    EachDocument(Framing framing) {
        this.framing = framing;
    }

    @Override
    public List<WireEvent> feed(byte[] bytes) {
        return each(framing.feed(bytes));
    }

    @Override
    public List<WireEvent> finish() {
        return each(framing.finish());
    }

    private static List<WireEvent> each(List<WireEvent> events) {
        List<WireEvent> all = new ArrayList<>(events.size());
        for (WireEvent event : events) {
            List<String> documents = JsonDocuments.in(event.data());
            if (documents.size() <= 1) {
                all.add(event);
            } else {
                documents.forEach(document -> all.add(new WireEvent(event.type(), document)));
            }
        }
        return all;
    }
}
