package io.aicore.gemini;

import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.LlmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parts of one answer in the order they come, and keeps those that belong back into the conversation. */
final class PartReader {

    private static final int MAX_ID = 30;
    private static final List<String> OTHERS =
            List.of("inlineData", "fileData", "executableCode", "codeExecutionResult", "toolCall", "toolResponse");

    /** What some parts hold. */
    record Pieces(String text, String reasoning, List<ToolCall> calls) {
        boolean isEmpty() {
            return text.isEmpty() && reasoning.isEmpty() && calls.isEmpty();
        }
    }

    private final JsonAnswer answer;
    private final List<Object> kept = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private boolean plainIsThought;
    private boolean needed;
    private boolean others;
    private @Nullable PartialCall open;
    private int calls;

    PartReader(JsonAnswer answer) {
        this.answer = answer;
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
    Pieces read(JsonFields content, @Nullable String id) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        List<ToolCall> found = new ArrayList<>();
        for (JsonFields part : parts(content)) {
            String words = part.isString() ? part.text() : part.string("text");
            if (!part.isObject() && words == null) {
                continue;
            }
            if (words != null) {
                (isThought(part) ? reasoning : text).append(words);
            }
            if (isPiece(part.at("functionCall"))) {
                piece(part, id, found);
                continue;
            }
            others |= words == null && OTHERS.stream().anyMatch(part::has);
            if (part.at("functionCall").isObject()) {
                found.add(call(part.at("functionCall"), id));
            }
            keep(part, words);
        }
        return new Pieces(text.toString(), reasoning.toString(), found);
    }

    /** Reads a part of plain text. */
    Pieces read(String words) {
        keepPlain(words, false);
        return new Pieces(words, "", List.of());
    }

    /** Proxies also send a part without its array, or the words alone. */
    private static List<JsonFields> parts(JsonFields content) {
        List<JsonFields> parts = new ArrayList<>();
        for (JsonFields each : content.isString() ? List.of(content) : content.items()) {
            JsonFields inner = each.isString() || each.has("text") ? each : each.at("parts");
            parts.addAll(inner.isString() ? List.of(inner) : inner.items());
        }
        return parts;
    }

    /** Whether there are parts that are neither words nor calls: pictures, sounds, code. */
    boolean hasOthers() {
        return others;
    }

    /** The parts as they came, if the next turn needs them so. */
    Map<String, Object> extra() {
        flush();
        return needed ? Map.of(KeptParts.PARTS, Collections.unmodifiableList(kept)) : Map.of();
    }

    /**
     * Ends the answer.
     *
     * @throws io.aicore.llm.error.LlmException if a call has come in part: its arguments would look like whole ones
     */
    void end(FinishReason finish) {
        if (open != null) {
            LlmException failure = answer.malformed("unfinished_call", "the answer ended within a function call");
            // With the same limit of tokens it would end there again.
            throw finish == FinishReason.LENGTH
                    ? failure.details(failure.details().retryable(false))
                    : failure;
        }
    }

    /** One of the pieces of a call: the first has a name, the last says no more that it will go on. */
    private boolean isPiece(JsonFields function) {
        return function.isObject()
                && (function.at("willContinue").isTrue()
                        || function.at("partialArgs").isArray()
                        || (open != null && function.string("name") == null));
    }

    private void piece(JsonFields part, @Nullable String id, List<ToolCall> found) {
        JsonFields function = part.at("functionCall");
        boolean named = function.string("name") != null;
        if (named == (open != null)) {
            throw answer.malformed("misplaced_piece", "a piece of a function call is out of its order");
        }
        PartialCall call = open == null ? new PartialCall() : open;
        if (!call.add(part)) {
            throw answer.malformed("unreadable_piece", "a piece of a function call has a path that leads nowhere");
        }
        open = call;
        if (!function.at("willContinue").isTrue()) {
            open = null;
            JsonFields whole = Json.read(Json.write(call.whole()));
            found.add(call(whole.at("functionCall"), id));
            keep(whole, null);
        }
    }

    private ToolCall call(JsonFields function, @Nullable String response) {
        String name = function.text("name");
        if (name.isEmpty()) {
            throw answer.malformed("nameless_call", "a function call has no name");
        }
        String own = function.text("id");
        String id = own.isEmpty() ? madeUp(response) : own;
        calls++;
        return new ToolCall(id, name, ToolArguments.of(function.at("args")));
    }

    /** Deterministic for an answer, but different in each answer, so that the ids of a conversation are unique. */
    private String madeUp(@Nullable String response) {
        String id = response == null ? "" : response.replaceAll("[^A-Za-z0-9_-]", "");
        return "call_" + calls + (id.isEmpty() ? "" : "_" + id.substring(0, Math.min(id.length(), MAX_ID)));
    }

    /** Pieces of plain text are joined; a part with anything else in it, a signature above all, stays by itself. */
    private void keep(JsonFields part, @Nullable String words) {
        boolean isPlain = words != null && (part.isString() || part.size() == (part.has("thought") ? 2 : 1));
        if (isPlain && words != null) {
            keepPlain(words, isThought(part));
            return;
        }
        flush();
        Object value = part.plain();
        if (value != null) {
            kept.add(value);
        }
        boolean rebuildable =
                part.at("functionCall").isObject() && part.size() == 1 && part.string("functionCall", "id") == null;
        needed |= !rebuildable;
    }

    private void keepPlain(String words, boolean thought) {
        if (plainIsThought != thought) {
            flush();
            plainIsThought = thought;
        }
        plain.append(words);
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

    private static boolean isThought(JsonFields part) {
        return part.at("thought").isTrue();
    }
}
