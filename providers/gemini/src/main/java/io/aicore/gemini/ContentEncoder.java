package io.aicore.gemini;

import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conversation's JSON: turns of {@code user} and {@code model}, each of parts. */
record ContentEncoder(@Nullable String model) {

    List<Object> contents(List<Message> turns) {
        List<Object> contents = new ArrayList<>();
        Message caller = null;
        for (int i = 0; i < turns.size(); i++) {
            Message turn = turns.get(i);
            if (turn.role() == Role.TOOL) {
                List<Message> results = resultsFrom(turns, i);
                contents.add(turn("user", new ToolResults(model, caller).parts(results)));
                i += results.size() - 1;
            } else if (turn.role() == Role.ASSISTANT) {
                caller = turn.toolCalls().isEmpty() ? caller : turn;
                contents.add(turn("model", model(turn)));
            } else {
                contents.add(
                        turn("user", turn.content().stream().map(this::part).toList()));
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
            parts.add(Map.of("functionCall", ChatJson.ordered("name", call.name(), "args", arguments(call))));
        }
        return parts;
    }

    private Object arguments(ToolCall call) {
        String arguments = ToolArguments.object(call.arguments());
        if (arguments == null) {
            throw new NotOnTheWireException("the arguments of a call of tool " + call.name() + " are no JSON object");
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
            throw new NotOnTheWireException(
                    "an image or a file is a data URL without base64 (expected: data:<type>;base64,…)");
        }
        return media;
    }

    private static Map<String, Object> turn(String role, Object parts) {
        return ChatJson.ordered("role", role, "parts", parts);
    }
}
