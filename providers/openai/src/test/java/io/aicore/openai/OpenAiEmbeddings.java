package io.aicore.openai;

import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.embedding.Embedding;
import io.aicore.testkit.EmbeddingFixture;
import io.aicore.testkit.Reply;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** OpenAI's embeddings as the kit wants to know them: the last vector comes first, which its index puts right. */
final class OpenAiEmbeddings implements EmbeddingFixture {

    @Override
    public String path() {
        return "/v1/embeddings";
    }

    @Override
    public String answer(List<Embedding> vectors, long tokens) {
        List<String> data = new ArrayList<>();
        for (Embedding vector : vectors) {
            data.add(
                    0,
                    "{\"object\":\"embedding\",\"index\":" + data.size() + ",\"embedding\":\"" + base64(vector)
                            + "\"}");
        }
        return "{\"object\":\"list\",\"data\":[" + String.join(",", data) + "],\"model\":\"" + Reply.MODEL
                + "\",\"usage\":{\"prompt_tokens\":" + tokens + ",\"total_tokens\":" + tokens + "}}";
    }

    private static String base64(Embedding vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.dimensions() * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector.values()) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    @Override
    public List<String> inputs(JsonFields body) {
        return body.at("input").elements().stream().map(JsonFields::text).toList();
    }

    @Override
    public int maxInputs() {
        return 2_048;
    }
}
