package io.aicore.openai;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.completions.ChatCompletions;
import io.aicore.llm.codec.completions.CommonEmbeddings;
import io.aicore.llm.codec.completions.EmbeddingDialect;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.testkit.TwoReadings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers and chunks are read the same from their bytes and from a tree, whatever a host makes of them. */
class TwoReadingsTest {

    private static final int MUTATIONS = 200;
    private static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("m-1").user("Hello").build();

    private static final String HEAD =
            "\"id\":\"cmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1718345013,\"model\":\"m-1-dated\","
                    + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_1\",";

    private final TwoReadings readings = new TwoReadings(
            new ChatCompletions(JsonEndpoint.of("openai", "/chat/completions", Map.of()), Dialect.OPENAI), REQUEST);

    private static WireEvent chunk(String delta, String finish) {
        return new WireEvent(
                null,
                "{" + HEAD + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":"
                        + finish + "}],\"usage\":null}");
    }

    private static List<WireEvent> stream(WireEvent... chunks) {
        return Stream.concat(
                        Stream.of(chunks),
                        Stream.of(
                                chunk("{}", "\"stop\""),
                                new WireEvent(
                                        null,
                                        "{" + HEAD
                                                + "\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4}}"),
                                new WireEvent(null, "[DONE]")))
                .toList();
    }

    @Test
    void ofAStreamOfText() {
        readings.ofFrequentStream(
                stream(
                        chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"),
                        chunk("{\"content\":\"Gr\u00FC\u00DFe\"}", "null"),
                        chunk("{\"content\":\" \uD83C\uDF88\"}", "null")),
                1,
                MUTATIONS);
    }

    @Test
    void ofAStreamOfReasoningAndARefusal() {
        readings.ofStream(
                stream(
                        chunk("{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"I think\"}", "null"),
                        chunk("{\"content\":\"\",\"reasoning\":\" so\"}", "null"),
                        chunk("{\"refusal\":\"No\"}", "null")),
                MUTATIONS);
    }

    @Test
    void ofAStreamWithTextAroundAToolCall() {
        readings.ofStream(
                stream(
                        chunk("{\"content\":\"Wait\"}", "null"),
                        chunk(
                                "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}",
                                "null"),
                        chunk("{\"content\":\"\"}", "null"),
                        chunk("{\"tool_calls\":[{\"function\":{\"arguments\":\"{\\\"a\\\":1}\"}}]}", "null")),
                MUTATIONS);
    }

    @Test
    void ofAStreamThatCountsAsItGoes() {
        readings.ofStream(
                List.of(
                        new WireEvent(
                                null,
                                "{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"a\"}}],"
                                        + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1,\"total_tokens\":6}}"),
                        new WireEvent(
                                null,
                                "{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"length\"}],"
                                        + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":9,"
                                        + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}}")),
                MUTATIONS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"assistant\",\"content\":\"Gr\u00FC\u00DFe\",\"refusal\":null,\"annotations\":[]}",
                "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"No\"}",
                "{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"I think\"}",
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"
            })
    void ofAnAnswer(String message) {
        readings.ofAnswer(
                "{" + HEAD + "\"choices\":[{\"index\":0,\"message\":" + message
                        + ",\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":19,"
                        + "\"completion_tokens\":10,\"total_tokens\":29,\"prompt_tokens_details\":{\"cached_tokens\":3,"
                        + "\"audio_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":4,\"audio_tokens\":0,"
                        + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}}",
                MUTATIONS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.0123456789012345678,-1.5e-7]},"
                        + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[2,-3.25]}",
                "{\"object\":\"embedding\",\"index\":0,\"embedding\":\"AACAPwAAAEA=\"},{\"embedding\":\"AABAQAAAgMA=\"}"
            })
    void ofEmbeddings(String vectors) {
        TwoReadings.ofEmbeddings(
                new CommonEmbeddings(JsonEndpoint.of("openai", "/embeddings", Map.of()), EmbeddingDialect.OPENAI),
                EmbeddingRequest.of("a").model("e-1"),
                "{\"object\":\"list\",\"data\":[" + vectors
                        + "],\"model\":\"e-1-dated\",\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}",
                MUTATIONS);
    }
}
