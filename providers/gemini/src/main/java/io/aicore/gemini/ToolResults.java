package io.aicore.gemini;

import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The results of one turn's tool calls. They are matched by name and order, because most calls come without an id: so they
 * are sent in the order of the calls, and with an id only where the provider gave the call one.
 *
 * @param caller the turn that made the calls; null if there is none
 */
record ToolResults(@Nullable String model, @Nullable Message caller) {

    private static final Pattern WITHOUT_MEDIA = Pattern.compile("gemini-[12]\\b");

    List<Object> parts(List<Message> results) {
        List<Message> sorted = new ArrayList<>(results);
        sorted.sort(Comparator.comparingInt(this::position));
        return sorted.stream().map(this::part).toList();
    }

    private Object part(Message result) {
        int position = position(result);
        if (caller == null || position < 0) {
            throw new NotOnTheWireException("a tool result answers no call of the turn before it: look at its id");
        }
        ToolCall call = caller.toolCalls().get(position);
        Map<String, Object> response = new LinkedHashMap<>();
        String id = KeptParts.callId(caller, position);
        ChatJson.put(response, "id", id);
        response.put("name", call.name());
        String output = result.text();
        // What is no object is the function's output, by the name that Google's libraries use.
        response.put("response", Json.isObject(output) ? Json.read(output).object() : Map.of("output", output));
        List<Object> media = new ArrayList<>();
        result.content()
                .forEach(part -> media.addAll(part.<List<Object>>fold(
                        text -> List.of(),
                        image -> List.of(inline(Images.part(image.url()))),
                        file -> List.of(inline(Images.part(file))))));
        if (!media.isEmpty()) {
            response.put("parts", media);
        }
        return Map.of("functionResponse", response);
    }

    /** Models from Gemini 3 on look at what a function gives back, where it is sent along. */
    private Object inline(@Nullable Object part) {
        String why = null;
        if (WITHOUT_MEDIA.matcher(String.valueOf(model)).find()) {
            why = "an image or a file in a tool's result, which models before Gemini 3 do not take (expected: text)";
        } else if (!(part instanceof Map<?, ?> media) || !media.containsKey("inlineData")) {
            why = "an image or a file by address in a tool's result, which Gemini does not fetch (expected: its bytes)";
        }
        if (part == null || why != null) {
            throw new NotOnTheWireException(String.valueOf(why));
        }
        return part;
    }

    private int position(Message result) {
        List<ToolCall> calls = caller == null ? List.of() : caller.toolCalls();
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).id().equals(result.toolCallId())) {
                return i;
            }
        }
        return -1;
    }
}
