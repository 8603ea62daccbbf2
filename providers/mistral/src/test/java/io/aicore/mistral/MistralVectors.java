package io.aicore.mistral;

import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.embedding.Embedding;
import io.aicore.testkit.EmbeddingFixture;
import io.aicore.testkit.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Mistral's embeddings as the kit wants to know them. */
final class MistralVectors implements EmbeddingFixture {

    @Override
    public String path() {
        return "/v1/embeddings";
    }

    @Override
    public String answer(List<Embedding> vectors, long tokens) {
        String data = IntStream.range(0, vectors.size())
                .mapToObj(i ->
                        "{\"object\":\"embedding\",\"embedding\":" + numbers(vectors.get(i)) + ",\"index\":" + i + "}")
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"id\":\"e-1\",\"object\":\"list\",\"data\":" + data + ",\"model\":\"" + Reply.MODEL
                + "\",\"usage\":{\"prompt_tokens\":" + tokens + ",\"total_tokens\":" + tokens
                + ",\"completion_tokens\":0,\"request_count\":null}}";
    }

    @Override
    public List<String> inputs(JsonFields body) {
        return body.at("input").elements().stream().map(JsonFields::string).toList();
    }

    @Override
    public int maxInputs() {
        return 128;
    }

    private static String numbers(Embedding vector) {
        return Arrays.toString(vector.values());
    }
}
