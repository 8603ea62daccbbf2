package io.aicore.ollama;

import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.embedding.Embedding;
import io.aicore.testkit.EmbeddingFixture;
import io.aicore.testkit.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code /api/embed} as the kit wants to know it. */
final class OllamaEmbeddingFixture implements EmbeddingFixture {

    @Override
    public String path() {
        return "/api/embed";
    }

    @Override
    public int maxInputs() {
        return 256;
    }

    @Override
    public List<String> inputs(JsonFields body) {
        return body.at("input").elements().stream().map(JsonFields::text).toList();
    }

    @Override
    public String answer(List<Embedding> vectors, long tokens) {
        String all =
                vectors.stream().map(vector -> Arrays.toString(vector.values())).collect(Collectors.joining(","));
        return "{\"model\":\"" + Reply.MODEL + "\",\"embeddings\":[" + all
                + "],\"total_duration\":99,\"prompt_eval_count\":" + tokens + "}";
    }
}
