package io.aicore.gemini;

import static io.aicore.gemini.Fixtures.REQUEST;
import static io.aicore.gemini.Fixtures.codec;

import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.testkit.TwoReadings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream is read the same from its bytes and from a tree, whatever a host makes of it. */
class TwoReadingsTest {

    private static final int MUTATIONS = 200;

    private final TwoReadings readings = new TwoReadings(codec(), REQUEST);

    private static WireEvent event(String parts, String more) {
        return new WireEvent(
                null,
                "{\"candidates\":[{\"content\":{\"parts\":[" + parts + "],\"role\":\"model\"},\"index\":0" + more
                        + "}],\"usageMetadata\":{\"promptTokenCount\":8,\"candidatesTokenCount\":2,\"totalTokenCount\":15,"
                        + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":8}],\"thoughtsTokenCount\":5},"
                        + "\"modelVersion\":\"m-1-dated\",\"responseId\":\"r-1\"}");
    }

    @Test
    void ofText() {
        readings.ofFrequentStream(
                List.of(
                        event("{\"text\":\"Gr\u00FC\u00DFe\"}", ""),
                        event("{\"text\":\"\"}", ""),
                        event("{\"text\":\" \uD83C\uDF88\"}", ",\"finishReason\":\"STOP\"")),
                0,
                MUTATIONS);
    }

    @Test
    void ofThoughtsAndCallsAmongText() {
        readings.ofStream(
                List.of(
                        event("{\"text\":\"I think\",\"thought\":true}", ""),
                        event("{\"text\":\"Wait\"}", ",\"finishReason\":\"STOP\""),
                        event("{\"functionCall\":{\"name\":\"f\",\"args\":{\"a\":1}},\"thoughtSignature\":\"s\"}", ""),
                        event("{\"text\":\"Then\"}", ",\"finishReason\":\"STOP\"")),
                MUTATIONS);
    }

    @Test
    void ofTextWithASignature() {
        readings.ofStream(
                List.of(
                        event("{\"text\":\"I think\",\"thought\":true}", ""),
                        event("{\"text\":\"Gr\u00FC\u00DFe\"}", ""),
                        event("{\"text\":\"\",\"thoughtSignature\":\"s\"}", ",\"finishReason\":\"STOP\"")),
                MUTATIONS);
    }

    @Test
    void ofAnAnswerWithASignature() {
        readings.ofFrequentAnswer(
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hm\",\"thought\":true},{\"text\":\"Gr\u00FC\u00DFe\","
                        + "\"thoughtSignature\":\"c2ln\"}],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}],"
                        + "\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":28,\"totalTokenCount\":281,"
                        + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":9}],\"candidatesTokensDetails\":"
                        + "[{\"modality\":\"TEXT\",\"tokenCount\":28}],\"thoughtsTokenCount\":244,\"serviceTier\":\"standard\","
                        + "\"trafficType\":\"ON_DEMAND\"},\"modelVersion\":\"m-1-dated\",\"responseId\":\"r-1\"}",
                MUTATIONS);
    }

    @Test
    void ofAnAnswer() {
        readings.ofFrequentAnswer(
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Gr\u00FC\u00DFe\"}],\"role\":\"model\"},\"finishReason\":"
                        + "\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":28,"
                        + "\"totalTokenCount\":281,\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":9}],"
                        + "\"thoughtsTokenCount\":244,\"serviceTier\":\"standard\",\"trafficType\":\"ON_DEMAND\"},"
                        + "\"modelVersion\":\"m-1-dated\",\"responseId\":\"r-1\"}",
                MUTATIONS);
    }

    @Test
    void ofAnAnswerWithACall() {
        readings.ofAnswer(
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Wait\",\"thoughtSignature\":\"s\"},{\"functionCall\":"
                        + "{\"name\":\"f\",\"args\":{}}}]},\"finishReason\":\"STOP\"}],\"responseId\":\"r-1\"}",
                MUTATIONS);
    }

    @Test
    void ofEmbeddings() {
        embeddings(
                new GeminiEmbeddings(Fixtures.api("gemini")),
                "m-1",
                "{\"embeddings\":[{\"values\":[0.0123456789012345678,-1.5e-7]},{\"values\":[2,-3.25]}],"
                        + "\"usageMetadata\":{\"promptTokenCount\":7}}");
    }

    @Test
    void ofVertexEmbeddings() {
        embeddings(
                new VertexEmbeddings(Fixtures.api("vertex")),
                "text-embedding-005",
                "{\"predictions\":[{\"embeddings\":{\"statistics\":{\"truncated\":false,\"token_count\":6},\"values\":"
                        + "[0.25,-1.5e-7]}},{\"embeddings\":{\"values\":[2,-3.25],\"statistics\":{\"token_count\":3}}}],"
                        + "\"metadata\":{\"billableCharacterCount\":11}}");
        embeddings(
                new VertexEmbeddings(Fixtures.api("vertex")),
                "gemini-embedding-2",
                "{\"embedding\":{\"values\":[0.25,-1.5e-7]},\"usageMetadata\":{\"promptTokenCount\":5,"
                        + "\"trafficType\":\"ON_DEMAND\"},\"truncated\":false}");
    }

    private static void embeddings(EmbeddingCodec codec, String model, String body) {
        EmbeddingRequest request = EmbeddingRequest.of("a").model(model);
        TwoReadings.ofEmbeddings(codec, request, body, MUTATIONS);
        TwoReadings.ofEmbeddings(codec, request.dimensions(2), body, 20);
    }
}
