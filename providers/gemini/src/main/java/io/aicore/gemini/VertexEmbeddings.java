package io.aicore.gemini;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonEmbeddingCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Vertex: {@code predict} for gemini-embedding-001 and the models before it, {@code embedContent} for those after it. */
final class VertexEmbeddings extends JsonEmbeddingCodec {

    private static final String FIRST_GEMINI = "models/gemini-embedding-001";
    private static final int MAX_INSTANCES = 250;

    private enum Slot {
        TOKENS
    }

    private static final JsonShape PREDICTIONS = JsonShape.of()
            .each(
                    "predictions",
                    JsonShape.of()
                            .object(
                                    "embeddings",
                                    JsonShape.of()
                                            .vector("values")
                                            .object(
                                                    "statistics",
                                                    JsonShape.of()
                                                            .sum("token_count", Slot.TOKENS)
                                                            .ignored("truncated")
                                                            .build())
                                            .build())
                            .build())
            .skipped("metadata")
            .ignored("deployedModelId", "model", "modelDisplayName", "modelVersionId")
            .build();

    private static final JsonShape EMBEDDING = JsonShape.of()
            .object("embedding", JsonShape.of().vector("values").build())
            .object(
                    "usageMetadata",
                    JsonShape.of()
                            .count("promptTokenCount", Slot.TOKENS)
                            .skipped("promptTokensDetails")
                            .ignored("totalTokenCount", "trafficType")
                            .build())
            .ignored("truncated")
            .build();

    /** @param api what {@code /models/…} is appended to */
    VertexEmbeddings(JsonEndpoint api) {
        super(api, MAX_INSTANCES);
    }

    @Override
    public int maxInputs(EmbeddingRequest request) {
        boolean single = embedsContent(request) || isFirstGemini(request);
        return single ? 1 : MAX_INSTANCES;
    }

    private static boolean isFirstGemini(EmbeddingRequest request) {
        return Models.resource(request.model()).equals(FIRST_GEMINI);
    }

    private static boolean embedsContent(EmbeddingRequest request) {
        String model = Models.resource(request.model());
        return (model.contains("gemini") && !isFirstGemini(request)) || model.contains("maas");
    }

    @Override
    public WireRequest encode(EmbeddingRequest request) {
        String method = embedsContent(request) ? ":embedContent" : ":predict";
        return Models.endpoint(endpoint(), request.model(), method).post(request.model(), false, () -> body(request));
    }

    @Override
    protected Map<String, Object> body(EmbeddingRequest request) {
        Map<String, Object> body = embedsContent(request) ? content(request) : instances(request);
        RequestEncoder.merge(body, request.extra());
        return body;
    }

    private static Map<String, Object> content(EmbeddingRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("content", Vectors.content(request.inputs().get(0)));
        Map<String, Object> wishes = Vectors.wishes(request);
        if (!wishes.isEmpty()) {
            body.put("embedContentConfig", wishes);
        }
        return body;
    }

    private static Map<String, Object> instances(EmbeddingRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "instances",
                request.inputs().stream().map(text -> instance(request, text)).toList());
        if (request.dimensions() != null) {
            body.put("parameters", Map.of("outputDimensionality", request.dimensions()));
        }
        return body;
    }

    private static Map<String, Object> instance(EmbeddingRequest request, String text) {
        Map<String, Object> instance = new LinkedHashMap<>();
        instance.put("content", text);
        if (request.purpose() != null) {
            instance.put("task_type", Purposes.taskType(request.purpose()));
        }
        return instance;
    }

    @Override
    protected Embeddings read(EmbeddingRequest request, JsonAnswer answer) {
        Vectors vectors = new Vectors(request, answer);
        ShapedJson plain = new ShapedJson(embedsContent(request) ? EMBEDDING : PREDICTIONS);
        if (answer.fits(plain)) {
            return Embeddings.of("", vectors.all(plain), usage(plain.count(Slot.TOKENS)));
        }
        JsonFields tree = answer.tree(Failures::isError);
        if (embedsContent(request)) {
            return Embeddings.of(
                    "",
                    List.of(vectors.one(tree.at("embedding", "values"))),
                    usage(tree, "usageMetadata", "promptTokenCount"));
        }
        JsonFields predictions = tree.at("predictions");
        return Embeddings.of("", vectors.all(predictions, "embeddings", "values"), sum(predictions));
    }

    /** Null if any text's is unknown: half a sum is a wrong one. */
    private static @Nullable Usage sum(JsonFields predictions) {
        long tokens = 0;
        for (JsonFields prediction : predictions.elements()) {
            Long each = prediction.whole("embeddings", "statistics", "token_count");
            if (each == null) {
                return null;
            }
            tokens += Math.max(0, each);
        }
        return predictions.isEmpty() ? null : Usage.of(tokens, 0);
    }
}
