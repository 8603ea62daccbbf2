package io.aicore.gemini;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conversation's JSON: turns of {@code user} and {@code model}, each of parts. */
record ContentEncoder(String provider, CompletionRequest request) {

    List<Object> contents(List<Message> turns) {
        List<Object> contents = new ArrayList<>();
        Message caller = null;
        for (int i = 0; i < turns.size(); i++) {
            Message turn = turns.get(i);
            if (turn.role() == Role.TOOL) {
                List<Message> results = resultsFrom(turns, i);
                contents.add(content("user", new ToolResults(provider, request, caller).parts(results)));
                i += results.size() - 1;
            } else if (turn.role() == Role.ASSISTANT) {
                caller = turn.toolCalls().isEmpty() ? caller : turn;
                contents.add(content("model", model(turn)));
            } else {
                contents.add(
                        content("user", turn.content().stream().map(this::part).toList()));
            }
        }
        return contents;
    }

    /** Results that stand together answer one turn: they go back as one. */
    private static List<Message> resultsFrom(List<Message> turns, int first) {
        int end = first;
        while (end < turns.size() && turns.get(end).role() == Role.TOOL) {
            end++;
        }
        return turns.subList(first, end);
    }

    private List<Object> model(Message turn) {
        List<Map<String, Object>> kept = KeptParts.of(turn);
        if (kept != null) {
            return List.copyOf(kept);
        }
        List<Object> parts = new ArrayList<>();
        turn.content().forEach(content -> parts.add(part(content)));
        for (ToolCall call : turn.toolCalls()) {
            Map<String, Object> function = new LinkedHashMap<>();
            function.put("name", call.name());
            function.put("args", arguments(call));
            parts.add(Map.of("functionCall", function));
        }
        return parts;
    }

    private Object arguments(ToolCall call) {
        String arguments = ToolArguments.object(call.arguments());
        if (arguments == null) {
            throw RequestEncoder.invalid(
                    provider,
                    request.model(),
                    "the arguments of a call of tool " + call.name() + " are no JSON object",
                    null);
        }
        return Json.read(arguments);
    }

    private Object part(Content part) {
        return part.<Object>fold(
                text -> Map.of("text", text.text()),
                image -> sendable(Images.part(image.url())),
                file -> sendable(Images.part(file)));
    }

    private Object sendable(@Nullable Object media) {
        if (media == null) {
            throw RequestEncoder.invalid(
                    provider,
                    request.model(),
                    "an image or a file is a data URL without base64 (expected: data:<type>;base64,…)",
                    null);
        }
        return media;
    }

    static Map<String, Object> content(String role, Object parts) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("role", role);
        content.put("parts", parts);
        return content;
    }
}
