package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.WholeCharacters;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.LlmException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asserts that a protocol reads the same from bytes, where it may know the form of what is frequent, as from a tree: the
 * same values and the same errors, for answers as hosts send them and for mutations of these. An event that comes as text,
 * and an answer with an unknown field, is read as a tree.
 */
public final class TwoReadings {

    private static final String UNKNOWN = "\"x_unknown\":null,";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 40;

    private final ChatCodec codec;
    private final CompletionRequest request;
    private final Whole<Completion> whole;

    /** How whole answers are read, and how each one is described. */
    private record Whole<T>(Function<WireResponse, T> decode, Function<T, String> words) {

        List<String> read(byte[] body) {
            List<String> read = new ArrayList<>();
            tell(read, () -> List.of(words.apply(decode.apply(response(body)))));
            return read;
        }

        long allocated(String body) {
            WireResponse response = response(Mutation.bytes(body));
            return TwoReadings.allocated(() -> decode.apply(response));
        }
    }

    /** The least of several rounds, as the first ones load classes. */
    private static long allocated(Supplier<?> reading) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            Object read = reading.get();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
            assertThat(read).isNotNull();
        }
        return least;
    }

    /**
     * @param request with its model set
     */
    public TwoReadings(ChatCodec codec, CompletionRequest request) {
        this.codec = codec;
        this.request = request;
        this.whole = new Whole<>(response -> codec.decode(request, response), TwoReadings::told);
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

    /**
     * As {@link #ofStream}, where one of the events is of the frequent form: it must be read without a tree, which takes
     * more memory. Each of its values is replaced by others, too.
     *
     * @param index of that event
     */
    public void ofFrequentStream(List<WireEvent> events, int index, int mutations) {
        ofStream(events, mutations);
        WireEvent frequent = events.get(index);
        for (String data : Mutation.ofEachValue(frequent.data())) {
            List<WireEvent> changed = new ArrayList<>(events);
            changed.set(index, new WireEvent(frequent.type(), data));
            assertSame(changed);
        }
        List<WireEvent> many = new ArrayList<>(events.subList(0, index));
        many.addAll(Collections.nCopies(ROUNDS, frequent));
        List<WireEvent> bytes = bytes(many);
        assertThat(allocated(() -> chunks(bytes))).as(frequent.data()).isBetween(1L, allocated(() -> chunks(many)) / 2);
    }

    private List<CompletionChunk> chunks(List<WireEvent> events) {
        StreamDecoder decoder = codec.streamDecoder(request, response(new byte[0]));
        List<CompletionChunk> chunks = new ArrayList<>();
        events.forEach(event -> chunks.addAll(decoder.decode(event)));
        return chunks;
    }

    private static List<WireEvent> bytes(List<WireEvent> events) {
        List<WireEvent> bytes = new ArrayList<>();
        for (WireEvent event : events) {
            byte[] data = Mutation.bytes(event.data());
            bytes.add(WireEvent.of(event.type(), data, 0, data.length));
        }
        return bytes;
    }

    /**
     * Asserts it for this answer, for values of other kinds in the place of each of its own, and for as many mutations of it.
     */
    public void ofAnswer(String body, int mutations) {
        ofAnswer(whole, body, mutations);
    }

    private static void ofAnswer(Whole<?> whole, String body, int mutations) {
        assertSame(whole, body);
        Mutation.ofEachValue(body).forEach(changed -> assertSame(whole, changed));
        for (int seed = 0; seed < mutations; seed++) {
            assertSame(whole, new Mutation(seed).of(body));
        }
    }

    /** As {@link #ofAnswer}, for an answer of the frequent form: it must be read without a tree, which takes more memory. */
    public void ofFrequentAnswer(String body, int mutations) {
        ofFrequentAnswer(whole, body, mutations);
    }

    /** Asserts it for these embeddings, and for as many mutations of them. */
    public static void ofEmbeddings(EmbeddingCodec codec, EmbeddingRequest request, String body, int mutations) {
        ofFrequentAnswer(new Whole<>(response -> codec.decode(request, response), TwoReadings::told), body, mutations);
    }

    private static void ofFrequentAnswer(Whole<?> whole, String body, int mutations) {
        ofAnswer(whole, body, mutations);
        assertThat(whole.allocated(body)).as("%s", body).isBetween(1L, whole.allocated(withUnknown(body)) * 3 / 4);
    }

    private static String withUnknown(String body) {
        return body.replaceFirst("\\{", "{" + UNKNOWN);
    }

    private void assertSame(List<WireEvent> events) {
        List<WireEvent> texts = events.stream()
                .map(event ->
                        new WireEvent(event.type(), new String(Mutation.bytes(event.data()), StandardCharsets.UTF_8)))
                .toList();
        assertThat(read(bytes(events)))
                .as(() -> texts.stream().map(WireEvent::data).toList().toString())
                .isEqualTo(read(texts));
    }

    private static void assertSame(Whole<?> whole, String body) {
        byte[] bytes = Mutation.bytes(body);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (isObject(bytes)) {
            List<String> read = whole.read(withUnknown(text).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(whole.read(bytes))
                    .as(body)
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

    private static String told(Completion read) {
        return Stream.of(
                        read.id(),
                        read.model(),
                        read.text(),
                        read.reasoning(),
                        read.refusal(),
                        read.toolCalls(),
                        read.finish(),
                        read.usage(),
                        read.extra())
                .map(String::valueOf)
                .collect(Collectors.joining("|"));
    }

    private static String told(Embeddings read) {
        return read.vectors().stream()
                .map(vector -> Arrays.toString(vector.values()))
                .collect(Collectors.joining(", ", read.model() + read.usage(), ""));
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
