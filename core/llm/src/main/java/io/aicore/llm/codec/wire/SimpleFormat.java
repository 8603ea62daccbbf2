package io.aicore.llm.codec.wire;

import java.util.Set;
import java.util.function.Supplier;

/** The formats that several protocols use. */
enum SimpleFormat implements StreamFormat {
    SERVER_SENT_EVENTS(Set.of("text/event-stream")) {
        @Override
        public Framing framing(int maxBytes, Supplier<? extends RuntimeException> tooLong) {
            return new EachDocument(new SseDecoder(maxBytes, tooLong));
        }
    },

    // The names in use: Ollama's own, and those that proxies and other servers write.
    JSON_LINES(Set.of("application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-lines")) {
        @Override
        public Framing framing(int maxBytes, Supplier<? extends RuntimeException> tooLong) {
            return new JsonLines(maxBytes, tooLong);
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> mediaTypes;

    SimpleFormat(Set<String> mediaTypes) {
        this.mediaTypes = mediaTypes;
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public boolean matches(String mediaType) {
        return mediaTypes.contains(mediaType);
    }
}
