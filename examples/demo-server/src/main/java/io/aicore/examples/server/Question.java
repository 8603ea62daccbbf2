package io.aicore.examples.server;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client asked.
 *
 * @param number of the request, from 1
 * @param prompt the text of the last message
 * @param stream whether the answer is wanted piece by piece
 * @param body the request as it came
 */
public record Question(int number, String prompt, boolean stream, String body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static {
        // The first reading makes a deserializer under a lock, for which the server's one thread must not wait.
        JSON.readTree("{}");
    }

    static Question read(int number, String body) {
        JsonNode request = JSON.readTree(body);
        JsonNode messages = request.path("messages");
        JsonNode content = messages.path(messages.size() - 1).path("content");
        String prompt = content.isString()
                ? content.asString()
                : content.path(0).path("text").asString("");
        return new Question(number, prompt, request.path("stream").asBoolean(false), body);
    }

    /** This text as the whole answer, in the form that was asked for. */
    public Reply answer(String text) {
        List<String> tokens = ChatReplies.tokens(text);
        int inputTokens = ChatReplies.tokens(prompt).size();
        return stream ? ChatReplies.stream(tokens, inputTokens) : ChatReplies.answer(text, inputTokens, tokens.size());
    }
}
