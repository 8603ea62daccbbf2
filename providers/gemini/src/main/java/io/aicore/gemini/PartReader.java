package io.aicore.gemini;

import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the parts of one answer in the order they come, and keeps those that belong back into the conversation. */
final class PartReader {

    private static final int MAX_ID = 30;

    /** What some parts hold. */
    record Pieces(String text, String reasoning, List<ToolCall> calls) {
        boolean isEmpty() {
            return text.isEmpty() && reasoning.isEmpty() && calls.isEmpty();
        }
    }

    private final Failures failures;
    private final List<Object> kept = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private boolean plainIsThought;
    private boolean needed;
    private int calls;

    PartReader(Failures failures) {
        this.failures = failures;
    }

    /** How many calls have come. */
    int calls() {
        return calls;
    }

    /**
     * Reads a candidate's content.
     *
     * @param id of the whole answer, for calls that have none of their own
     */
    Pieces read(JsonNode content, @Nullable String id) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        List<ToolCall> found = new ArrayList<>();
        JsonNode parts = content.path("parts");
        for (JsonNode part : parts.isArray() ? parts.values() : List.<JsonNode>of()) {
            if (!part.isObject()) {
                continue;
            }
            String words = Json.string(part, "text");
            if (words != null) {
                (isThought(part) ? reasoning : text).append(words);
            }
            if (part.path("functionCall").isObject()) {
                found.add(call(part.path("functionCall"), id));
            }
            keep(part, words);
        }
        return new Pieces(text.toString(), reasoning.toString(), found);
    }

    /** The parts as they came, if the next turn needs them so. */
    Map<String, Object> extra() {
        flush();
        return needed ? Map.of(KeptParts.PARTS, Collections.unmodifiableList(kept)) : Map.of();
    }

    private ToolCall call(JsonNode function, @Nullable String answer) {
        String name = Json.string(function, "name");
        // Vertex, if asked for it: the call in one part, its arguments piece by piece in others, by JSON paths.
        if (name == null
                || name.isEmpty()
                || function.path("partialArgs").isArray()
                || function.path("willContinue").asBoolean(false)) {
            throw unsupported(
                    "partial_arguments",
                    "a function call comes in pieces, which is not supported: leave out streamFunctionCallArguments");
        }
        JsonNode args = function.path("args");
        String own = Json.string(function, "id");
        String id = own == null || own.isEmpty() ? madeUp(answer) : own;
        calls++;
        return new ToolCall(id, name, args.isObject() ? Json.write(args) : "{}");
    }

    private RuntimeException unsupported(String code, String why) {
        var failure = failures.malformed(code, why);
        return failure.details(failure.details().retryable(false));
    }

    /** The same whenever the same answer is read; different in each answer, so that a conversation's ids are. */
    private String madeUp(@Nullable String answer) {
        String id = answer == null ? "" : answer.replaceAll("[^A-Za-z0-9_-]", "");
        return "call_" + calls + (id.isEmpty() ? "" : "_" + id.substring(0, Math.min(id.length(), MAX_ID)));
    }

    /** Pieces of plain text are joined; a part with anything else in it, a signature above all, stays by itself. */
    private void keep(JsonNode part, @Nullable String words) {
        boolean isPlain = words != null && part.size() == (part.has("thought") ? 2 : 1);
        if (isPlain && words != null) {
            if (plainIsThought != isThought(part)) {
                flush();
                plainIsThought = isThought(part);
            }
            plain.append(words);
            return;
        }
        flush();
        Object value = Json.plain(part);
        if (value != null) {
            kept.add(value);
        }
        boolean rebuildable = part.path("functionCall").isObject()
                && part.size() == 1
                && Json.string(part, "functionCall", "id") == null;
        needed |= !rebuildable;
    }

    private void flush() {
        if (!plain.isEmpty()) {
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("text", plain.toString());
            if (plainIsThought) {
                part.put("thought", true);
            }
            kept.add(Collections.unmodifiableMap(part));
            plain.setLength(0);
        }
    }

    private static boolean isThought(JsonNode part) {
        return part.path("thought").asBoolean(false);
    }
}
