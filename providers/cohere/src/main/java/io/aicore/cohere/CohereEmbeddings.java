package io.aicore.cohere;

import static io.aicore.llm.codec.ChatJson.put;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonEmbeddingCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.VectorReader;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.embedding.EmbeddingPurpose;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cohere's embeddings, version 2. */
final class CohereEmbeddings extends JsonEmbeddingCodec {

    private static final int MAX_INPUTS = 96;

    // An answer has each type of number that was asked for under its name.
    private static final List<String> TYPES = List.of("float", "int8", "uint8", "binary", "ubinary", "base64");

    private enum Slot {
        TOKENS
    }

    private static final JsonShape PLAIN = JsonShape.of()
            .object("embeddings", JsonShape.of().vectors("float").build())
            .object(
                    "meta",
                    JsonShape.of()
                            .object(
                                    Ending.BILLED,
                                    JsonShape.of()
                                            .count("input_tokens", Slot.TOKENS)
                                            .ignored("images", "image_tokens")
                                            .build())
                            .skipped("api_version", "tokens", "warnings")
                            .ignored("cached_tokens")
                            .build())
            .skipped("texts", "images")
            .ignored("id", "response_type")
            .build();

    CohereEmbeddings(JsonEndpoint endpoint) {
        super(endpoint, MAX_INPUTS);
    }

    @Override
    protected Map<String, Object> body(EmbeddingRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "model", request.model());
        body.put("texts", request.inputs());
        body.put("input_type", inputType(request.purpose()));
        body.put("embedding_types", List.of("float"));
        put(body, "output_dimension", request.dimensions());
        body.putAll(request.extra());
        return body;
    }

    /** Required: without a purpose, texts are documents, of which there are most. */
    private static String inputType(@Nullable EmbeddingPurpose purpose) {
        if (purpose == null) {
            return "search_document";
        }
        return switch (purpose) {
            case QUERY -> "search_query";
            case DOCUMENT -> "search_document";
            case CLASSIFICATION -> "classification";
            // Both compare like with like.
            case CLUSTERING, SIMILARITY -> "clustering";
        };
    }

    @Override
    protected Embeddings read(EmbeddingRequest request, JsonAnswer answer) {
        String model = request.model() == null ? "" : request.model();
        ShapedJson plain = new ShapedJson(PLAIN);
        if (answer.fits(plain)) {
            return Embeddings.of(model, VectorReader.read(plain), usage(plain.count(Slot.TOKENS)));
        }
        JsonFields tree = answer.tree(CohereCodec::isError);
        JsonFields embeddings = tree.at("embeddings");
        JsonFields vectors = TYPES.stream()
                .map(embeddings::at)
                .filter(JsonFields::isArray)
                .findFirst()
                // A host of version 1 leaves out the types.
                .orElse(embeddings);
        return Embeddings.of(
                model, new VectorReader(answer).listed(vectors), usage(tree, "meta", Ending.BILLED, "input_tokens"));
    }
}
