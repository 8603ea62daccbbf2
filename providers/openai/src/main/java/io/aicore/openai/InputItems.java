package io.aicore.openai;

import static io.aicore.llm.codec.ChatJson.ordered;
import static io.aicore.llm.codec.ChatJson.put;

import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.CallIds;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A conversation as input items. One use each: calls of custom tools are remembered for their results. */
final class InputItems {

    private static final String CALL_ID = "call_id";
    private static final String NAME = "name";
    private static final CallIds IDS = CallIds.upTo(64);

    private final List<Object> items = new ArrayList<>();
    private final Set<String> customCalls = new HashSet<>();

    private InputItems() {}

    static List<Object> of(List<Message> messages) {
        InputItems input = new InputItems();
        messages.forEach(input::add);
        return input.items;
    }

    private void add(Message message) {
        switch (message.role()) {
            case SYSTEM, USER -> items.add(turn(message));
            case ASSISTANT -> {
                if (!addAsItCame(message)) {
                    rebuild(message);
                }
            }
            case TOOL -> items.add(result(message));
        }
    }

    /** Hands the items of an answer back as they came: only so do its thoughts go on. Not if the turn was changed since. */
    private boolean addAsItCame(Message message) {
        if (!(message.extra().get(Output.FIELD) instanceof List<?> back)) {
            return false;
        }
        JsonFields array = Json.read(Json.write(Map.of(Output.FIELD, back))).at(Output.FIELD);
        Output output = Output.of(array, CallerTools.ANY);
        List<JsonFields> returned = output.text().equals(message.text()) ? returned(output, message.toolCalls()) : null;
        if (returned == null) {
            return false;
        }
        for (JsonFields item : returned) {
            if (Output.is(item, CallerTools.CUSTOM_CALL)) {
                customCalls.add(item.text(CALL_ID));
            }
        }
        items.addAll(returned);
        return true;
    }

    /**
     * The items, its calls under the ids that the conversation knows them by; null if they are no longer these calls. A call of
     * a custom tool that the conversation does not know was the provider's own.
     */
    private static @Nullable List<JsonFields> returned(Output output, List<ToolCall> calls) {
        List<JsonFields> returned = new ArrayList<>();
        int next = 0;
        for (JsonFields item : output.items()) {
            boolean known = output.tools().isCall(item) && next < calls.size() && isSame(item, calls.get(next));
            if (Output.is(item, "function_call") && !known) {
                return null;
            }
            returned.add(known ? named(item, calls.get(next++)) : item);
        }
        return next == calls.size() ? returned : null;
    }

    private static boolean isSame(JsonFields item, ToolCall call) {
        ToolCall came = Output.call(item, 0);
        // A name that was written with more around it is known by the tool's own.
        return came.name().contains(call.name()) && came.arguments().equals(call.arguments());
    }

    private static JsonFields named(JsonFields item, ToolCall call) {
        String id = IDS.of(call.id());
        boolean same = id.equals(item.string(CALL_ID)) && call.name().equals(item.string(NAME));
        if (same) {
            return item;
        }
        Map<String, Object> named = item.object();
        named.put(CALL_ID, id);
        named.put(NAME, call.name());
        return JsonFields.of(named);
    }

    private void rebuild(Message message) {
        if (!message.content().isEmpty()) {
            items.add(turn(message));
        }
        for (ToolCall call : message.toolCalls()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("type", "function_call");
            item.put(CALL_ID, IDS.of(call.id()));
            item.put(NAME, call.name());
            String object = ToolArguments.object(call.arguments());
            item.put("arguments", object == null ? call.arguments() : object);
            items.add(item);
        }
    }

    private static Object turn(Message message) {
        return ordered("role", ChatJson.role(message), "content", content(message));
    }

    private Object result(Message message) {
        String call = IDS.of(String.valueOf(message.toolCallId()));
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("type", customCalls.contains(call) ? "custom_tool_call_output" : "function_call_output");
        item.put(CALL_ID, call);
        item.put("output", content(message));
        return item;
    }

    private static Object content(Message message) {
        List<Content> parts = message.content();
        if (parts.stream().allMatch(Content.Text.class::isInstance) && parts.size() <= 1) {
            return message.text();
        }
        return parts.stream()
                .map(part -> part(part, message.role() == Role.ASSISTANT))
                .toList();
    }

    private static Object part(Content part, boolean ofTheModel) {
        return part.fold(
                text -> ordered("type", ofTheModel ? "output_text" : "input_text", "text", text.text()),
                InputItems::image,
                Files::responses);
    }

    private static Map<String, Object> image(Content.Image image) {
        Map<String, Object> encoded = new LinkedHashMap<>();
        encoded.put("type", "input_image");
        encoded.put("image_url", image.url());
        put(encoded, "detail", image.detail());
        return encoded;
    }
}
