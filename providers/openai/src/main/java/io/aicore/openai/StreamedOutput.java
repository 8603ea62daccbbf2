package io.aicore.openai;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.openai.StreamedItem.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The output items of a stream as they grow. An item is known by its place among them, since ids change within the streams of
 * some proxies; what did not come piece by piece is taken from the whole item, and from the response at the end.
 */
final class StreamedOutput {

    private final Map<String, StreamedItem> items = new LinkedHashMap<>();
    private final CallerTools tools;
    private int calls;
    private boolean refused;
    private boolean reasoned;
    private String reasoningPart = "";
    // Found once for all its words.
    private @Nullable StreamedItem lastText;
    private long lastIndex;

    StreamedOutput(CallerTools tools) {
        this.tools = tools;
    }

    boolean calls() {
        return calls > 0;
    }

    boolean refused() {
        return refused;
    }

    /** The items that came whole. */
    Output items() {
        return new Output(
                items.values().stream()
                        .map(StreamedItem::whole)
                        .filter(Objects::nonNull)
                        .toList(),
                tools);
    }

    /** The chunks of this event. */
    List<CompletionChunk> next(String type, JsonFields event) {
        StreamedItem item = item(event);
        String delta = event.text("delta");
        return switch (type) {
            case "response.output_item.added" -> announced(item, event.at("item"));
            case "response.output_item.done" -> whole(item, event.at("item"));
            case TextDelta.TYPE -> text(item, delta);
            case "response.refusal.delta" -> refusal(item, delta);
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                reasoning(
                        item,
                        delta,
                        type + place(event) + event.scalar("summary_index") + event.scalar("content_index"));
            case "response.function_call_arguments.delta" -> arguments(item, delta);
            // Nothing is emitted before the call is known: all of it comes with the whole item.
            case "response.custom_tool_call_input.delta" -> item.has(Part.NAME) ? arguments(item, delta) : List.of();
            case "response.function_call_arguments.done" -> unsaid(item, Part.ARGUMENTS, event, "arguments");
            case "response.output_text.done" -> unsaid(item, Part.TEXT, event, "text");
            case "response.refusal.done" -> unsaid(item, Part.REFUSAL, event, "refusal");
            default -> List.of();
        };
    }

    /**
     * The chunks of these words of the item at this place.
     *
     * @param index of the item in the output
     */
    List<CompletionChunk> text(long index, String words) {
        if (lastText == null || lastIndex != index) {
            lastText = items.computeIfAbsent(placed(index), key -> new StreamedItem());
            lastIndex = index;
        }
        return text(lastText, words);
    }

    private static String placed(long index) {
        return "#" + index;
    }

    /** What the finished response has beyond what came. */
    List<CompletionChunk> rest(Output output) {
        List<CompletionChunk> chunks = new ArrayList<>();
        boolean placed = items.keySet().stream().allMatch(place -> place.startsWith("#"));
        for (int i = 0; placed && i < output.items().size(); i++) {
            JsonFields whole = output.items().get(i);
            chunks.addAll(whole(items.computeIfAbsent(placed(i), place -> new StreamedItem()), whole));
        }
        return chunks;
    }

    private StreamedItem item(JsonFields event) {
        String place = place(event);
        return place.isEmpty() ? new StreamedItem() : items.computeIfAbsent(place, key -> new StreamedItem());
    }

    /** Empty for an event that is about no item. */
    private static String place(JsonFields event) {
        Long index = event.whole("output_index");
        if (index != null) {
            return placed(index);
        }
        String id = event.string("item_id");
        return id == null ? event.at("item").text("id") : id;
    }

    private List<CompletionChunk> announced(StreamedItem item, JsonFields whole) {
        if (!tools.isCall(whole) || item.has(Part.NAME)) {
            return List.of();
        }
        number(item);
        item.begin(Part.NAME);
        ToolCall call = Output.call(whole, item.call());
        return calls(new ToolCallDelta(item.call(), call.id(), call.name(), ""));
    }

    private List<CompletionChunk> whole(StreamedItem item, JsonFields whole) {
        item.whole(whole);
        List<CompletionChunk> chunks = new ArrayList<>(announced(item, whole));
        Output one = new Output(List.of(whole), tools);
        if (tools.isCall(whole)) {
            String arguments = Output.call(whole, item.call()).arguments();
            chunks.addAll(item.has(Part.ARGUMENTS) ? List.of() : arguments(item, arguments));
        }
        if (!one.reasoning().isEmpty() && !item.has(Part.REASONING)) {
            chunks.addAll(reasoning(item, one.reasoning(), ""));
        }
        if (!one.text().isEmpty() && !item.has(Part.TEXT)) {
            chunks.addAll(text(item, one.text()));
        }
        if (!one.refusal().isEmpty() && !item.has(Part.REFUSAL)) {
            chunks.addAll(refusal(item, one.refusal()));
        }
        return chunks;
    }

    /** What ends here and did not come piece by piece. */
    private List<CompletionChunk> unsaid(StreamedItem item, Part part, JsonFields event, String field) {
        String all = event.text(field);
        if (item.has(part)) {
            return List.of();
        }
        return switch (part) {
            case ARGUMENTS -> arguments(item, all);
            case REFUSAL -> refusal(item, all);
            default -> text(item, all);
        };
    }

    private List<CompletionChunk> text(StreamedItem item, String piece) {
        if (piece.isEmpty()) {
            return List.of();
        }
        item.begin(Part.TEXT);
        return List.of(CompletionChunk.text(piece));
    }

    private List<CompletionChunk> refusal(StreamedItem item, String piece) {
        if (piece.isEmpty()) {
            return List.of();
        }
        item.begin(Part.REFUSAL);
        refused = true;
        return List.of(new CompletionChunk("", "", piece, List.of(), null, Map.of()));
    }

    private List<CompletionChunk> reasoning(StreamedItem item, String piece, String part) {
        if (piece.isEmpty()) {
            return List.of();
        }
        item.begin(Part.REASONING);
        String text = reasoned && (part.isEmpty() || !part.equals(reasoningPart)) ? Output.PARAGRAPH + piece : piece;
        reasoned = true;
        reasoningPart = part;
        return List.of(CompletionChunk.reasoning(text));
    }

    private List<CompletionChunk> arguments(StreamedItem item, String piece) {
        if (piece.isEmpty()) {
            return List.of();
        }
        item.begin(Part.ARGUMENTS);
        // Its name and id may come later, with the whole item.
        number(item);
        return calls(new ToolCallDelta(item.call(), null, null, piece));
    }

    private void number(StreamedItem item) {
        if (item.call() < 0) {
            item.call(calls++);
        }
    }

    private static List<CompletionChunk> calls(ToolCallDelta delta) {
        return List.of(new CompletionChunk("", "", "", List.of(delta), null, Map.of()));
    }
}
