package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionFold;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A codec without sockets: the base class of tests of what only one protocol has. Encodes requests, and decodes answers
 * and the events of streams that a test writes down.
 */
public abstract class CodecBench {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ChatCodec codec;
    private final CompletionRequest request;
    private final Map<String, String> headers;

    /**
     * Creates the bench of this codec.
     *
     * @param request the request of every answer and stream
     * @param headers the headers of every response
     */
    protected CodecBench(ChatCodec codec, CompletionRequest request, Map<String, String> headers) {
        this.codec = codec;
        this.request = request;
        this.headers = Map.copyOf(headers);
    }

    /** What stands on the wire for what a test wrote. Default: the same. */
    protected String wire(String written) {
        return written;
    }

    /** The event for what a test wrote. Default: its data, without a name. */
    protected WireEvent event(String written) {
        return named(null, wire(written));
    }

    /** An event of this name with this data. */
    protected static WireEvent named(@Nullable String name, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        return WireEvent.of(name, bytes, 0, bytes.length);
    }

    /** Event that ends a complete stream, behind the events of a test. Default: null, none. */
    protected @Nullable String terminator() {
        return null;
    }

    /** The body of this request, asserting that a copy of the request has the same bytes. */
    protected final JsonFields encode(CompletionRequest request) {
        byte[] body = codec.encode(request, false).body();
        assertThat(codec.encode(request.toBuilder().build(), false).body()).isEqualTo(body);
        return Json.read(body);
    }

    /** The body of this request. */
    protected final JsonFields encode(CompletionRequestBuilder request) {
        return encode(request.build());
    }

    /** A response with these headers. */
    protected static WireResponse response(int status, Map<String, String> headers, String body) {
        return new WireResponse(status, WireHeaders.of(headers), body.getBytes(StandardCharsets.UTF_8), NOON);
    }

    /** The answer in this body. */
    protected final Completion decode(String body) {
        return codec.decode(request, response(200, headers, wire(body)));
    }

    /** A decoder of one stream. */
    protected final StreamDecoder decoder() {
        return codec.streamDecoder(request, response(200, headers, ""));
    }

    /** The chunks of these events, without the end of the connection. */
    protected final List<CompletionChunk> feed(StreamDecoder decoder, String... events) {
        List<CompletionChunk> chunks = new ArrayList<>();
        for (String event : events) {
            chunks.addAll(decoder.decode(event(event)));
        }
        return chunks;
    }

    /** The answer that a complete stream of these events adds up to. */
    protected final Completion stream(String... events) {
        StreamDecoder decoder = decoder();
        CompletionFold fold = new CompletionFold();
        feed(decoder, events).forEach(fold::add);
        String last = terminator();
        if (last != null) {
            feed(decoder, last).forEach(fold::add);
        }
        decoder.end().forEach(fold::add);
        return fold.completion();
    }

    /** The failure of this answer. */
    protected final LlmException failure(String body) {
        return catchThrowableOfType(LlmException.class, () -> decode(body));
    }

    /** The failure of these events, or of the end of the connection behind them. */
    protected final LlmException failure(StreamDecoder decoder, String... events) {
        return catchThrowableOfType(LlmException.class, () -> {
            feed(decoder, events);
            decoder.end();
        });
    }

    /** Asserts that this part of a request is this JSON. */
    protected final void assertJson(JsonFields part, String json) {
        assertThat(part).isEqualTo(Json.read(wire(json)));
    }
}
