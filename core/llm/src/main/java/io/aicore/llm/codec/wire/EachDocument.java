package io.aicore.llm.codec.wire;

import io.aicore.llm.codec.json.JsonDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
    public void read(byte[] bytes, int from, int to, Consumer<WireEvent> events) {
        framing.read(bytes, from, to, event -> each(event, events));
    }

    @Override
    public List<WireEvent> finish() {
        List<WireEvent> all = new ArrayList<>(1);
        framing.finish().forEach(event -> each(event, all::add));
        return all;
    }

    private static void each(WireEvent event, Consumer<WireEvent> events) {
        if (event.isAlone()) {
            events.accept(event);
            return;
        }
        List<String> documents = JsonDocuments.in(event.data());
        if (documents.size() <= 1) {
            events.accept(event);
        } else {
            documents.forEach(document -> events.accept(new WireEvent(event.type(), document)));
        }
    }
}
