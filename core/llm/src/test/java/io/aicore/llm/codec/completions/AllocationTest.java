package io.aicore.llm.codec.completions;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.DistinctCalls;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.WholeCharacters;
import io.aicore.llm.codec.wire.Framing;
import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a chunk, an answer and a request allocate between their bytes and the caller's objects. A tree in place of the
 * bytes costs three to five times the limits, which leave a third for other JVMs.
 */
class AllocationTest {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CHUNKS = 64;
    private static final int CHUNK_LIMIT = 1_500;
    private static final int ANSWER_LIMIT = 3_500;
    private static final int REQUEST_LIMIT = 2_000;

    private static final String HEAD =
            "\"id\":\"chatcmpl-ABCdef0123456789\",\"created\":1718345013,\"model\":\"gpt-4o-mini-2024-07-18\","
                    + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_abc123456\",";

    private final ChatCompletions codec = new ChatCompletions(
            JsonEndpoint.of("acme", "/chat/completions", Map.of("authorization", "Bearer k-1")), ChatDialect.COMMON);
    private final CompletionRequest request = CompletionRequest.builder()
            .model("gpt-4o-mini")
            .user("Say something nice.")
            .build();

    private static WireResponse response(String body) {
        return new WireResponse(
                200,
                WireHeaders.of(Map.of("content-type", "application/json")),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    }

    /** The least of several rounds: the first ones load classes, and the compiler takes over in between. */
    private static long bytes(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20; i++) {
                work.run();
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / 20);
        }
        return least;
    }

    @Test
    void ofAChunk() {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < CHUNKS; i++) {
            stream.append("data: {")
                    .append(HEAD)
                    .append("\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word")
                    .append(i)
                    .append("\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n");
        }
        byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
        StreamDecoder decoder =
                DistinctCalls.in(request.messages(), WholeCharacters.in(codec.streamDecoder(request, response(""))));
        Framing framing = StreamFormat.serverSentEvents().framing(1_000_000, IllegalStateException::new);
        int[] words = new int[1];

        long allocated = bytes(() -> framing.read(
                bytes,
                0,
                bytes.length,
                event -> words[0] += decoder.decode(event).get(0).text().isEmpty() ? 0 : 1));

        assertThat(words[0]).isEqualTo(20 * 20 * CHUNKS);
        assertThat(allocated / CHUNKS).isBetween(1L, (long) CHUNK_LIMIT);
    }

    @Test
    void ofAnAnswer() {
        WireResponse response =
                response("{" + HEAD + "\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
                        + "{\"role\":\"assistant\",\"content\":\"Hello! How can I help you today?\",\"refusal\":null,"
                        + "\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":19,"
                        + "\"completion_tokens\":10,\"total_tokens\":29,\"prompt_tokens_details\":{\"cached_tokens\":0,"
                        + "\"audio_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
                        + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}}");

        assertThat(bytes(() -> codec.decode(request, response))).isBetween(1L, (long) ANSWER_LIMIT);
    }

    @Test
    void ofARequest() {
        assertThat(bytes(() -> codec.encode(request, false))).isBetween(1L, (long) REQUEST_LIMIT);
    }
}
