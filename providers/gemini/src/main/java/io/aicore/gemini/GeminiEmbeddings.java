package io.aicore.gemini;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonEmbeddingCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code batchEmbedContents} of the Gemini API: a request for each text, all of one model. */
final class GeminiEmbeddings extends JsonEmbeddingCodec {

    private static final int MAX_INPUTS = 100;

    private enum Slot {
        TOKENS
    }

    private static final JsonShape PLAIN = JsonShape.of()
            .each("embeddings", JsonShape.of().vector("values").build())
            .object(
                    "usageMetadata",
                    JsonShape.of()
                            .count("promptTokenCount", Slot.TOKENS)
                            .skipped("promptTokenDetails", "promptTokensDetails")
                            .ignored("totalTokenCount")
                            .build())
            .build();

    /** @param api what {@code /models/…} is appended to */
    GeminiEmbeddings(JsonEndpoint api) {
        super(api, MAX_INPUTS);
    }

    @Override
    public WireRequest encode(EmbeddingRequest request) {
        return Models.endpoint(endpoint(), request.model(), ":batchEmbedContents")
                .post(request.model(), false, () -> body(request));
    }

    @Override
    protected Map<String, Object> body(EmbeddingRequest request) {
        List<Object> requests = new ArrayList<>();
        for (String text : request.inputs()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("model", Models.resource(request.model()));
            one.put("content", Vectors.content(text));
            one.putAll(Vectors.wishes(request));
            RequestEncoder.merge(one, request.extra());
            requests.add(one);
        }
        return Map.of("requests", requests);
    }

    @Override
    protected Embeddings read(EmbeddingRequest request, JsonAnswer answer) {
        Vectors vectors = new Vectors(request, answer);
        ShapedJson plain = new ShapedJson(PLAIN);
        if (answer.fits(plain)) {
            return Embeddings.of("", vectors.all(plain), usage(plain.count(Slot.TOKENS)));
        }
        JsonFields tree = answer.tree(Failures::isError);
        return Embeddings.of(
                "",
                vectors.all(tree.at("embeddings"), "values"),
                // Only newer models tell what they read.
                usage(tree, "usageMetadata", "promptTokenCount"));
    }
}
