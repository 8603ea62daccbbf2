package io.aicore.gemini;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionFold;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the tests of the protocol share: a codec, answers and streams written as they come. */
final class Fixtures {

    static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("gemini-3-m").user("hello").build();

    private Fixtures() {}

    static GeminiCodec codec() {
        return new GeminiCodec(api("gemini"));
    }

    static JsonEndpoint api(String provider) {
        return JsonEndpoint.of(provider, "", Map.of("x-goog-api-key", "k-secret"));
    }

    /** JSON with ' for ". */
    static String json(String text) {
        return text.replace('\'', '"');
    }

    static WireResponse response(int status, String body) {
        return new WireResponse(
                status,
                WireHeaders.EMPTY,
                body.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    static Completion decode(String body) {
        return codec().decode(REQUEST, response(200, json(body)));
    }

    /** An answer, or an event of a stream, with these parts and, unless it is empty, this reason. */
    static String answer(String parts, String reason) {
        String finish = reason.isEmpty() ? "" : ",'finishReason':'" + reason + "'";
        return json("{'candidates':[{'content':{'role':'model','parts':[" + parts + "]}" + finish
                + ",'index':0}],'usageMetadata':{'promptTokenCount':7,'candidatesTokenCount':3,'thoughtsTokenCount':20,"
                + "'totalTokenCount':30},'modelVersion':'gemini-3-m-001','responseId':'Rq7_a-b'}");
    }

    static String text(String text) {
        return answer("{'text':'" + text + "'}", "");
    }

    static String last(String text) {
        return answer("{'text':'" + text + "'}", "STOP");
    }

    static StreamDecoder decoder() {
        return codec().streamDecoder(REQUEST, response(200, ""));
    }

    /** The chunks of these events, without the end of the connection. */
    static List<CompletionChunk> feed(StreamDecoder decoder, String... events) {
        List<CompletionChunk> chunks = new ArrayList<>();
        for (String event : events) {
            byte[] data = json(event).getBytes(StandardCharsets.UTF_8);
            chunks.addAll(decoder.decode(WireEvent.of(null, data, 0, data.length)));
        }
        return chunks;
    }

    /** The answer that a whole stream of these events adds up to. */
    static Completion stream(String... events) {
        StreamDecoder decoder = decoder();
        CompletionFold fold = new CompletionFold();
        feed(decoder, events).forEach(fold::add);
        decoder.end().forEach(fold::add);
        return fold.completion();
    }

    static JsonFields encode(CompletionRequestBuilder request) {
        return encode(request.build());
    }

    static JsonFields encode(CompletionRequest request) {
        return Json.read(codec().encode(request, false).body());
    }
}
