package io.aicore.cohere;

import io.aicore.llm.codec.json.JsonFields;
import io.aicore.testkit.ChatCompletionsRequests;
import io.aicore.testkit.RequestReader;
import java.util.Map;

/** Reads a request. */
final class CohereRequests extends ChatCompletionsRequests {

    @Override
    public Map<String, Object> schema(JsonFields body) {
        return RequestReader.map(body.at("response_format", "json_schema"));
    }

    @Override
    public JsonFields effort(JsonFields body) {
        return body.at("thinking");
    }
}
