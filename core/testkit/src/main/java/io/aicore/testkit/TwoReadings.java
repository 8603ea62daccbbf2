package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.WholeCharacters;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Asserts that a protocol reads the same from bytes, where it may know the form of what is frequent, as from a tree: the
 * same values and the same errors, for answers as hosts send them and for mutations of these. An event that comes as text,
 * and an answer with an unknown field, is read as a tree.
 */
public final class TwoReadings {

    private static final String UNKNOWN = "\"x_unknown\":null,";

    private final ChatCodec codec;
    private final CompletionRequest request;

    /**
     * @param request with its model set
     */
    public TwoReadings(ChatCodec codec, CompletionRequest request) {
        this.codec = codec;
        this.request = request;
    }

    /** Asserts it for a stream of these events, and for as many mutations of it. */
    public void ofStream(List<WireEvent> events, int mutations) {
        assertSame(events);
        for (int seed = 0; seed < mutations; seed++) {
            Mutation mutation = new Mutation(seed);
            assertSame(events.stream()
                    .map(event -> new WireEvent(event.type(), mutation.of(event.data())))
                    .toList());
        }
    }

    /** Asserts it for this answer, and for as many mutations of it. */
    public void ofAnswer(String body, int mutations) {
        assertSame(body);
        for (int seed = 0; seed < mutations; seed++) {
            assertSame(new Mutation(seed).of(body));
        }
    }

    private void assertSame(List<WireEvent> events) {
        List<WireEvent> bytes = new ArrayList<>();
        List<WireEvent> texts = new ArrayList<>();
        for (WireEvent event : events) {
            byte[] data = Mutation.bytes(event.data());
            bytes.add(WireEvent.of(event.type(), data, 0, data.length));
            texts.add(new WireEvent(event.type(), new String(data, StandardCharsets.UTF_8)));
        }
        assertThat(read(bytes))
                .as("%s", texts.stream().map(WireEvent::data).toList())
                .isEqualTo(read(texts));
    }

    private void assertSame(String body) {
        byte[] bytes = Mutation.bytes(body);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (isObject(bytes)) {
            String tree = text.replaceFirst("\\{", "{" + UNKNOWN);
            List<String> read = answer(tree.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(answer(bytes))
                    .as("%s", body)
                    .isEqualTo(
                            read.stream().map(line -> line.replace(UNKNOWN, "")).toList());
        }
    }

    private static boolean isObject(byte[] body) {
        try {
            return Json.read(body).size() > 0 && body[0] == '{';
        } catch (MalformedJsonException e) {
            // Nothing but a tree reads it.
            return false;
        }
    }

    private List<String> answer(byte[] body) {
        List<String> read = new ArrayList<>();
        tell(
                read,
                () -> List.of(codec.decode(request, response(body)).toString()
                        + codec.decode(request, response(body)).output().text()
                        + codec.decode(request, response(body)).extra()));
        return read;
    }

    private List<String> read(List<WireEvent> events) {
        List<String> read = new ArrayList<>();
        StreamDecoder decoder = WholeCharacters.in(codec.streamDecoder(request, response(new byte[0])));
        for (WireEvent event : events) {
            if (!tell(read, () -> told(decoder.decode(event)))) {
                return read;
            }
            read.add("ended " + decoder.ended() + ", whole " + decoder.whole());
        }
        tell(read, () -> told(decoder.end()));
        return read;
    }

    private static boolean tell(List<String> read, Supplier<List<String>> reading) {
        try {
            read.addAll(reading.get());
            return true;
        } catch (LlmException e) {
            read.add(e.getClass() + ": " + e.getMessage() + ", " + e.details() + ", " + e.partial());
            return false;
        }
    }

    private static List<String> told(List<CompletionChunk> chunks) {
        return chunks.stream()
                .map(chunk -> String.join(
                        "|",
                        chunk.text(),
                        chunk.reasoning(),
                        chunk.refusal(),
                        chunk.toolCalls().toString(),
                        String.valueOf(chunk.info()),
                        chunk.extra().toString()))
                .toList();
    }

    private static WireResponse response(byte[] body) {
        return new WireResponse(200, WireHeaders.of(Map.of("content-type", "application/json")), body, Instant.EPOCH);
    }
}
