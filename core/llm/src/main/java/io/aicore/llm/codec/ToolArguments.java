package io.aicore.llm.codec;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.JsonProgress;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Normalizes the arguments of a tool call to one JSON object. Without arguments, models and hosts write nothing,
 * {@code null} or an empty string; some encode the object twice.
 */
public final class ToolArguments {

    /** The arguments of a call without any. */
    public static final String NONE = "{}";

    // Seen are objects encoded twice, and a host's string around that.
    private static final int MAX_ENCODINGS = 3;

    private ToolArguments() {}

    /** The object's JSON; null if the arguments are anything else: truncated, several objects, an array, prose. */
    public static @Nullable String object(String arguments) {
        String text = arguments.strip();
        for (int i = 0; i <= MAX_ENCODINGS; i++) {
            if (text.isEmpty() || text.equals("null")) {
                return NONE;
            }
            JsonProgress progress = new JsonProgress();
            progress.add(text);
            JsonFields value = progress.alone() ? read(text) : null;
            if (value == null || value.isObject()) {
                return value == null ? null : text;
            }
            if (!value.isString()) {
                return null;
            }
            text = value.text().strip();
        }
        return null;
    }

    /** The arguments of a call in an answer, where the protocol has an object and some hosts write its text. */
    public static String of(JsonFields arguments) {
        if (arguments.isAbsent()) {
            return NONE;
        }
        return arguments.isString() ? arguments.text() : arguments.raw();
    }

    /**
     * The object, to send back with the conversation.
     *
     * @throws NotOnTheWireException if the arguments are not an object
     */
    public static JsonFields sent(String arguments) {
        String object = object(arguments);
        if (object == null) {
            throw new NotOnTheWireException("the arguments of a tool call in the conversation are no JSON object");
        }
        return Json.read(object);
    }

    /** The object as plain values; empty if the arguments are not an object, such as truncated ones. */
    public static Map<String, Object> parsed(String arguments) {
        String object = object(arguments);
        return object == null ? Map.of() : Json.read(object).object();
    }

    private static @Nullable JsonFields read(String text) {
        try {
            return Json.read(text);
        } catch (MalformedJsonException e) {
            return null;
        }
    }
}
