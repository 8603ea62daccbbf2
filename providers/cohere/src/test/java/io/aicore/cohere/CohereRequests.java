package io.aicore.cohere;

import io.aicore.llm.codec.json.Json;
import io.aicore.testkit.ChatCompletionsRequests;
import io.aicore.testkit.RequestReader;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads a request. */
final class CohereRequests extends ChatCompletionsRequests {

    @Override
    public Map<String, Object> schema(JsonNode body) {
        return RequestReader.map(Json.at(body, "response_format", "json_schema"));
    }

    @Override
    public JsonNode effort(JsonNode body) {
        return body.path("thinking");
    }
}
