package io.aicore.ollama;

import static io.aicore.ollama.Fixtures.REQUEST;
import static io.aicore.ollama.Fixtures.codec;

import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.testkit.TwoReadings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream is read the same from its bytes and from a tree, whatever a host makes of it. */
class TwoReadingsTest {

    private static final int MUTATIONS = 200;

    private final TwoReadings readings = new TwoReadings(codec(), REQUEST);

    private static WireEvent line(String message) {
        return new WireEvent(
                null,
                "{\"model\":\"m-1\",\"created_at\":\"2026-03-01T12:00:00Z\",\"message\":{\"role\":\"assistant\","
                        + message + "},\"done\":false}");
    }

    private static WireEvent last() {
        return new WireEvent(
                null,
                "{\"model\":\"m-1\",\"created_at\":\"2026-03-01T12:00:00Z\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},"
                        + "\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":7,\"eval_count\":4}");
    }

    @Test
    void ofText() {
        readings.ofFrequentStream(
                List.of(
                        line("\"content\":\"Gr\u00FC\u00DFe\""),
                        line("\"content\":\"\",\"thinking\":\"I think\""),
                        line("\"content\":\" \uD83C\uDF88\""),
                        last()),
                0,
                MUTATIONS);
    }

    @Test
    void ofCallsAmongText() {
        readings.ofStream(
                List.of(
                        line("\"content\":\"Wait\""),
                        line("\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{}}}]"),
                        line("\"content\":\"Then\",\"images\":[]"),
                        last()),
                MUTATIONS);
    }

    @Test
    void ofAnAnswer() {
        readings.ofFrequentAnswer(
                "{\"model\":\"m-1\",\"created_at\":\"2026-03-01T12:00:00Z\",\"message\":{\"role\":\"assistant\","
                        + "\"content\":\"Gr\u00FC\u00DFe\",\"thinking\":\"hm\"},\"done\":true,\"done_reason\":\"stop\","
                        + "\"total_duration\":174560334,\"load_duration\":101397084,\"prompt_eval_count\":11,"
                        + "\"prompt_eval_duration\":13074791,\"eval_count\":18,\"eval_duration\":52479709}",
                MUTATIONS);
    }

    @Test
    void ofEmbeddings() {
        TwoReadings.ofEmbeddings(
                new OllamaEmbeddings(Fixtures.endpoint("/api/embed")),
                EmbeddingRequest.of("a").model("e-1"),
                "{\"model\":\"e-1\",\"embeddings\":[[0.0123456789012345678,-1.5e-7],[2,-3.25]],\"total_duration\":14143917,"
                        + "\"load_duration\":1019500,\"prompt_eval_count\":8}",
                MUTATIONS);
    }
}
