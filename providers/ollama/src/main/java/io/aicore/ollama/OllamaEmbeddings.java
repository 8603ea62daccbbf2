package io.aicore.ollama;

import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonEmbeddingCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.VectorReader;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ollama's {@code /api/embed}. It does not support purposes, and truncates a text that is too long unless disabled. */
final class OllamaEmbeddings extends JsonEmbeddingCodec {

    // The server names no limit. So many keep an answer below some megabytes, and what a failure costs below a minute.
    private static final int MAX_INPUTS = 256;

    private enum Slot {
        MODEL,
        TOKENS
    }

    private static final JsonShape PLAIN = JsonShape.of()
            .text("model", Slot.MODEL)
            .vectors("embeddings")
            .count("prompt_eval_count", Slot.TOKENS)
            .ignored("total_duration", "load_duration")
            .build();

    OllamaEmbeddings(JsonEndpoint endpoint) {
        super(endpoint, MAX_INPUTS);
    }

    @Override
    protected Map<String, Object> body(EmbeddingRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        ChatJson.put(body, "model", request.model());
        body.put("input", request.inputs());
        ChatJson.put(body, "dimensions", request.dimensions());
        body.putAll(request.extra());
        return body;
    }

    @Override
    protected Embeddings read(EmbeddingRequest request, JsonAnswer answer) {
        ShapedJson plain = new ShapedJson(PLAIN);
        if (answer.fits(plain)) {
            return Embeddings.of(plain.text(Slot.MODEL), VectorReader.read(plain), usage(plain.count(Slot.TOKENS)));
        }
        JsonFields tree = answer.tree(JsonAnswer::hasError);
        return Embeddings.of(
                tree.text("model"),
                new VectorReader(answer).listed(tree.at("embeddings")),
                usage(tree, "prompt_eval_count"));
    }
}
